import { Copy, Eye, EyeOff, RefreshCw } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { AppError } from '../../../shared/result.js'
import type { RevealedToken, TokenView } from '../../../shared/views.js'
import { appErrorOf } from '../../api.js'
import { clockText, useCountdown } from '../../use-countdown.js'
import type { ReceivedStatus } from '../../use-desk.js'

interface Props {
  readonly status: ReceivedStatus | null
  readonly busy: boolean
  readonly hasKey: boolean
  readonly onGenerate: () => void
  readonly onCopy: () => void
  readonly reveal: () => Promise<RevealedToken>
  readonly onError: (error: AppError) => void
  readonly children: ReactNode
}

export function TokenCard({ status, busy, hasKey, onGenerate, onCopy, reveal, onError, children }: Props) {
  const token = status?.token ?? null
  const [revealed, setRevealed] = useState<RevealedToken | null>(null)
  useRevealLimit(revealed, () => setRevealed(null))
  // Another token, or none: what was revealed is no longer this one.
  const masked = token?.masked
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect is about this value changing
  useEffect(() => setRevealed(null), [masked])

  const show = () => {
    reveal().then(setRevealed, (thrown) => onError(appErrorOf(thrown)))
  }
  return (
    <section className="card token-card" aria-labelledby="token-title">
      <h2 id="token-title">Access token</h2>
      {token && status ? (
        <>
          <Countdown token={token} receivedAt={status.receivedAt} />
          <p className={revealed ? 'token mono token-revealed' : 'token mono'}>
            {revealed ? revealed.token : token.masked}
          </p>
        </>
      ) : (
        <p className="muted">
          {hasKey
            ? 'No token yet. It is made from this profile’s key and stays in memory.'
            : 'No token yet. Load this profile’s RSA private key below first.'}
        </p>
      )}
      <div className="actions">
        {token && (
          <button type="button" className="button button-primary" onClick={onCopy}>
            <Copy size={16} aria-hidden />
            Copy token
          </button>
        )}
        <button
          type="button"
          className={token ? 'button' : 'button button-primary'}
          aria-disabled={busy}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          onClick={onGenerate}
        >
          <RefreshCw size={16} aria-hidden className={busy ? 'spinning' : undefined} />
          Generate token
        </button>
        {token && (
          <button type="button" className="button button-quiet" onClick={revealed ? () => setRevealed(null) : show}>
            {revealed ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
            {revealed ? 'Hide token' : 'Reveal token'}
          </button>
        )}
        {busy && <span className="muted">Asking for a token…</span>}
      </div>
      {children}
    </section>
  )
}

const AMBER_BELOW_MS = 5 * 60_000
const RED_BELOW_MS = 60_000

function Countdown({ token, receivedAt }: { token: TokenView; receivedAt: ReceivedStatus['receivedAt'] }) {
  const leftMs = useCountdown(token.remainingMs, receivedAt)
  const tone = leftMs <= RED_BELOW_MS ? 'red' : leftMs <= AMBER_BELOW_MS ? 'amber' : 'calm'
  const time = (ms: number) =>
    new Date(ms).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' })
  return (
    <div className={`countdown countdown-${tone}`}>
      <p className="countdown-clock">
        <span className="mono">{leftMs > 0 ? clockText(leftMs) : 'Expired'}</span>
        {leftMs > 0 && <span className="countdown-label">left</span>}
      </p>
      <progress max={token.lifetimeMs} value={leftMs} aria-label="Life left of the token" />
      <p className="muted">
        Issued {time(token.issuedAtMs)} · {leftMs > 0 ? 'expires' : 'expired'} {time(token.expiresAtMs)} ·{' '}
        {token.lengthChars} characters
      </p>
    </div>
  )
}

/** Hides a revealed token after its time, and at once when nobody is looking at the window. */
function useRevealLimit(revealed: RevealedToken | null, hide: () => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `hide` does the same at each render
  useEffect(() => {
    if (!revealed) return
    const timer = setTimeout(hide, revealed.hideAfterMs)
    const whenHidden = () => document.hidden && hide()
    document.addEventListener('visibilitychange', whenHidden)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', whenHidden)
    }
  }, [revealed])
}
