import { useEffect, useState } from 'react'
import type { ConsentPageOpened, ConsentStatus } from '../../../shared/account.js'
import type { AppError } from '../../../shared/result.js'
import { appErrorOf, call } from '../../api.js'
import { Modal } from '../../components/Modal.js'

interface Props {
  readonly consent: ConsentStatus
  readonly onRetry: () => Promise<boolean>
  readonly onFailed: (error: AppError) => void
}

/** Opens the consent page. Its return is caught by main; where it cannot be, coming back to this window tries again, once. */
export function ConsentActions({ consent: { profileId, waiting }, onRetry, onFailed }: Props) {
  const [opened, setOpened] = useState<ConsentPageOpened | null>(null)
  const [asksAdmin, setAsksAdmin] = useState(false)
  const byWord = opened === 'word'
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onRetry` does the same at each render
  useEffect(() => {
    if (!byWord) return
    const back = () => void onRetry()
    addEventListener('focus', back, { once: true })
    return () => removeEventListener('focus', back)
  }, [byWord])

  const open = (admin: boolean) => {
    setAsksAdmin(false)
    call('consent:open', { profileId, admin }).then(setOpened, (thrown) => onFailed(appErrorOf(thrown)))
  }
  const stop = () => {
    call('consent:stop', { profileId }).catch((thrown) => onFailed(appErrorOf(thrown)))
  }
  const retries = waiting || byWord
  // The same buttons throughout: one that went away would take the focus with it.
  return (
    <div className="actions">
      <button type="button" className="button" onClick={() => (retries ? void onRetry() : open(false))}>
        {retries ? 'Retry' : 'Grant consent'}
      </button>
      {(waiting || !byWord) && (
        <button type="button" className="button button-quiet" onClick={() => (waiting ? stop() : setAsksAdmin(true))}>
          {waiting ? 'Stop waiting' : 'Admin consent…'}
        </button>
      )}
      {waiting && <span className="muted">Waiting for the browser…</span>}
      {asksAdmin && <AdminConsent onOpen={() => open(true)} onClose={() => setAsksAdmin(false)} />}
    </div>
  )
}

function AdminConsent({ onOpen, onClose }: { onOpen: () => void; onClose: () => void }) {
  return (
    <Modal title="Consent for a whole organization" onClose={onClose}>
      <p>
        An administrator of the organization allows this integration key these scopes for all users of its claimed
        domains. Sign in as that administrator on the page that opens.
      </p>
      <p className="muted">An app that belongs to the organization itself can be allowed in Docusign Admin instead.</p>
      <div className="actions actions-end">
        <button type="button" className="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="button button-primary" onClick={onOpen}>
          Open the page
        </button>
      </div>
    </Modal>
  )
}
