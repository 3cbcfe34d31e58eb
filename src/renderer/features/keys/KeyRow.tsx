import { BadgeCheck } from 'lucide-react'
import type { KeyView } from '../../../shared/views.js'
import { KeySummary, shortFingerprint } from './KeySummary.js'

interface Props {
  readonly keyView: KeyView
  readonly active: boolean
  readonly onCopyPublic: () => void
  readonly onActivate: () => void
  readonly onRetire: () => void
  readonly onCheck: () => void
}

/** One of several keys: whether it signs, and what can be done with it. */
export function KeyRow({ keyView, active, onCopyPublic, onActivate, onRetire, onCheck }: Props) {
  const short = shortFingerprint(keyView.fingerprint)
  const act = (label: string, press: () => void) => (
    <button type="button" className="button button-quiet" aria-label={`${label} ${short}`} onClick={press}>
      {label}
    </button>
  )
  return (
    <li className="key-row">
      <header>
        {active ? (
          <span className="key-active">
            <BadgeCheck size={14} aria-hidden />
            Active: signs the requests
          </span>
        ) : (
          <span className="muted">Waiting</span>
        )}
        <span className="actions">
          {keyView.lockedBecause !== null && act('Check again', onCheck)}
          {!active && act('Activate', onActivate)}
          {!active && act('Retire', onRetire)}
        </span>
      </header>
      <KeySummary keyView={keyView} onCopyPublic={onCopyPublic} />
    </li>
  )
}
