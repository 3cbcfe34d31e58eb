import { Check, LockKeyhole, MemoryStick, TriangleAlert, Wrench } from 'lucide-react'
import type { KeyView, StagedKey } from '../../../shared/views.js'
import { ageText } from '../../age-text.js'

/** The first and last bytes tell keys apart at a glance; the whole stands in the disclosure below. */
export const shortFingerprint = (fingerprint: string) =>
  fingerprint === '' ? 'Unreadable record' : `${fingerprint.slice(0, 11)}…${fingerprint.slice(-11)}`

export function KeySummary({ keyView, onCopyPublic }: { keyView: KeyView; onCopyPublic: () => void }) {
  const { fingerprint, bits, publicKeyPem, addedAtMs, lastUsedAtMs } = keyView
  return (
    <div className="key-summary">
      <p className="key-line">
        <code title={`SHA-256 ${fingerprint}`}>{shortFingerprint(fingerprint)}</code>
        {bits > 0 && <span>RSA {bits}</span>}
        <Protection keyView={keyView} />
        {addedAtMs > 0 && <Age verb="Added" atMs={addedAtMs} />}
        {lastUsedAtMs === null ? <span>Not used yet</span> : <Age verb="Last used" atMs={lastUsedAtMs} />}
      </p>
      {keyView.lockedBecause !== null && <p className="key-locked">{keyView.lockedBecause}</p>}
      {publicKeyPem !== '' && (
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
      )}
    </div>
  )
}

function Age({ verb, atMs }: { verb: string; atMs: number }) {
  return (
    <span title={new Date(atMs).toLocaleString()}>
      {verb} {ageText(atMs)}
    </span>
  )
}

function Protection({ keyView: { protection, lockedBecause } }: { keyView: KeyView }) {
  const sealed = protection === 'sealed'
  const Icon = lockedBecause !== null ? TriangleAlert : sealed ? LockKeyhole : MemoryStick
  const words = lockedBecause !== null ? 'Locked' : sealed ? 'Sealed on disk' : 'In memory only'
  const safe = sealed && lockedBecause === null
  return (
    <span className={safe ? 'protection' : 'protection protection-memory'}>
      <Icon size={13} aria-hidden />
      {words}
    </span>
  )
}

export function StagedKeySummary({ staged }: { staged: Extract<StagedKey, { kind: 'ready' }> }) {
  return (
    <div className="key-summary">
      <p className="key-line">
        <code title={`SHA-256 ${staged.fingerprint}`}>{shortFingerprint(staged.fingerprint)}</code>
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
