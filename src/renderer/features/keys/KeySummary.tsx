import { LockKeyhole, MemoryStick, Wrench } from 'lucide-react'
import type { KeyView, StagedKey } from '../../../shared/views.js'

/** The first and last bytes tell keys apart at a glance; the whole stands in the disclosure below. */
const short = (fingerprint: string) => `${fingerprint.slice(0, 11)}…${fingerprint.slice(-11)}`

export function KeySummary({ keyView, onCopyPublic }: { keyView: KeyView; onCopyPublic: () => void }) {
  const { fingerprint, bits, publicKeyPem, protection, state, lockedReason, addedAtMs } = keyView
  return (
    <div className="key-summary">
      <p className="key-line">
        <code>{short(fingerprint)}</code>
        <span>RSA {bits}</span>
        <span className={protection === 'sealed' ? 'protection' : 'protection protection-memory'}>
          {protection === 'sealed' ? <LockKeyhole size={13} aria-hidden /> : <MemoryStick size={13} aria-hidden />}
          {protection === 'sealed' ? 'Sealed on disk' : 'In memory only'}
        </span>
        <span>Added {new Date(addedAtMs).toLocaleDateString()}</span>
      </p>
      {state === 'locked' && <p className="field-error">{lockedReason}</p>}
      <details>
        <summary>Public key</summary>
        <p className="field-hint">Compare it with Apps and Keys. SHA-256 fingerprint:</p>
        <p className="fingerprint mono">{fingerprint}</p>
        <pre>{publicKeyPem}</pre>
        <button type="button" className="button button-small" onClick={onCopyPublic}>
          Copy public key
        </button>
      </details>
    </div>
  )
}

export function StagedKeySummary({ staged }: { staged: Extract<StagedKey, { kind: 'ready' }> }) {
  return (
    <div className="key-summary">
      <p className="key-line">
        <code>{short(staged.fingerprint)}</code>
        <span>RSA {staged.bits}</span>
        <span>Saved with the profile</span>
      </p>
      {staged.repairs.length > 0 && (
        <p className="field-hint repairs">
          <Wrench size={13} aria-hidden />
          Repaired: {staged.repairs.join(' ')}
        </p>
      )}
    </div>
  )
}
