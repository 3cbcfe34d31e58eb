import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import type { ServerCopy } from '../../../shared/serving.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { Modal } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'

const COPIES: readonly (readonly [ServerCopy, string])[] = [
  ['secret', 'Copy secret'],
  ['postman-environment', 'Copy Postman environment'],
  ['curl', 'Copy curl'],
]

interface Props {
  readonly profileId: string
  readonly name: string
  readonly secret: string
  readonly onClose: () => void
  readonly announce: (text: string) => void
}

/** The bearer secret, this once. */
export function SecretDialog({ profileId, name, secret, onClose, announce }: Props) {
  const copying = useAction()
  const [copied, setCopied] = useState<ServerCopy | null>(null)
  const copy = (what: ServerCopy) =>
    void copying.run(async () => {
      await call('server:copy', { profileId, what })
      setCopied(what)
      announce('Copied')
    })
  return (
    <Modal title={`Secret for “${name}”`} onClose={onClose}>
      <div className="stack">
        <p>
          Clients send it as <code>Authorization: Bearer</code>. It is shown this once: Token Desk keeps a hash of it
          alone.
        </p>
        <code className="secret-text">{secret}</code>
        <div className="actions">
          {COPIES.map(([what, label]) => (
            <button
              key={what}
              type="button"
              className={what === 'secret' ? 'button button-primary' : 'button'}
              onClick={() => copy(what)}
            >
              {copied === what ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
              {label}
            </button>
          ))}
        </div>
        <p className="muted">Whoever has it can ask this computer for the profile’s tokens while the server runs.</p>
        <Failure error={copying.error} />
        <div className="actions actions-end">
          <button type="button" className="button" onClick={onClose}>
            Done
          </button>
        </div>
      </div>
    </Modal>
  )
}
