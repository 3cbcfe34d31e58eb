import type { TokenView } from '../../../shared/views.js'
import { clockText, useCountdown } from '../../use-countdown.js'
import type { ReceivedStatus } from '../../use-desk.js'

const AMBER_BELOW_MS = 5 * 60_000
const RED_BELOW_MS = 60_000

const timeText = (ms: number) =>
  new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })

export function Countdown({ token, receivedAt }: { token: TokenView; receivedAt: ReceivedStatus['receivedAt'] }) {
  const leftMs = useCountdown(token.remainingMs, receivedAt)
  const tone = leftMs <= RED_BELOW_MS ? 'red' : leftMs <= AMBER_BELOW_MS ? 'amber' : 'calm'
  return (
    <div className={`countdown countdown-${tone}`}>
      <p className="countdown-clock">
        <span className="clock">{leftMs > 0 ? clockText(leftMs) : 'Expired'}</span>
        {leftMs > 0 && <span className="muted">left</span>}
      </p>
      <dl className="countdown-times">
        <div>
          <dt>Issued</dt>
          <dd>{timeText(token.issuedAtMs)}</dd>
        </div>
        <div>
          <dt>{leftMs > 0 ? 'Expires' : 'Expired at'}</dt>
          <dd>{timeText(token.expiresAtMs)}</dd>
        </div>
      </dl>
      <progress max={token.lifetimeMs} value={leftMs} aria-label="Life left of the token" />
    </div>
  )
}
