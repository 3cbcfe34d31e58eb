import { Failure } from '../../components/Failure.js'
import { Modal } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'
import { type Copyable, CopyButtons } from './CopyButtons.js'

const ITEMS: readonly Copyable[] = [
  { what: 'secret', label: 'Copy secret', told: 'Secret copied', primary: true },
  {
    what: 'postman-environment',
    label: 'Copy Postman environment',
    told: 'Postman environment copied, with the secret',
  },
  { what: 'curl', label: 'Copy curl', told: 'curl command copied, with the secret' },
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
  return (
    <Modal title={`Secret for “${name}”`} onClose={onClose}>
      <div className="stack">
        <p>
          Clients send it as <code>Authorization: Bearer</code>. Copy it now: it is not shown again.
        </p>
        <code className="secret-text">{secret}</code>
        <div className="actions">
          <CopyButtons profileId={profileId} items={ITEMS} run={copying.run} announce={announce} />
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
