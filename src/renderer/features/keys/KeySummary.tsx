import { Check, LockKeyhole, MemoryStick, Wrench } from 'lucide-react'
import type { KeyView, StagedKey } from '../../../shared/views.js'

/** The first and last bytes tell keys apart at a glance; the whole stands in the disclosure below. */
const short = (fingerprint: string) => `${fingerprint.slice(0, 11)}…${fingerprint.slice(-11)}`

export function KeySummary({ keyView, onCopyPublic }: { keyView: KeyView; onCopyPublic: () => void }) {
  const { fingerprint, bits, publicKeyPem, protection, addedAtMs } = keyView
  const sealed = protection === 'sealed'
  const Icon = sealed ? LockKeyhole : MemoryStick
  return (
    <div className="key-summary">
      <p className="key-line">
        <code title={`SHA-256 ${fingerprint}`}>{short(fingerprint)}</code>
        <span>RSA {bits}</span>
        <span className={sealed ? 'protection' : 'protection protection-memory'}>
          <Icon size={13} aria-hidden />
          {sealed ? 'Sealed on disk' : 'In memory only'}
        </span>
        <span>Added {new Date(addedAtMs).toLocaleDateString()}</span>
      </p>
      <details>
        <summary>Public key</summary>
        <div className="public-key">
          <p className="muted">Compare it with the one on Apps and Keys. SHA-256 fingerprint:</p>
          <p className="fingerprint mono">{fingerprint}</p>
          <pre>{publicKeyPem}</pre>
          <button type="button" className="button" onClick={onCopyPublic}>
            Copy public key
          </button>
        </div>
      </details>
    </div>
  )
}

export function StagedKeySummary({ staged }: { staged: Extract<StagedKey, { kind: 'ready' }> }) {
  return (
    <div className="key-summary">
      <p className="key-line">
        <code title={`SHA-256 ${staged.fingerprint}`}>{short(staged.fingerprint)}</code>
        <span>RSA {staged.bits}</span>
        <span className="protection">
          <Check size={13} aria-hidden />
          Read. Saved with the profile
        </span>
      </p>
      {staged.repairs.length > 0 && (
        <p className="repairs">
          <Wrench size={13} aria-hidden />
          Repaired: {staged.repairs.join(' ')}
        </p>
      )}
    </div>
  )
}
