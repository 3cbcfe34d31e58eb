import { Eye, EyeOff, RefreshCw } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { CopyFormat } from '../../../shared/copy-formats.js'
import type { AppError } from '../../../shared/result.js'
import type { RevealedToken } from '../../../shared/views.js'
import { appErrorOf } from '../../api.js'
import { keysText } from '../../commands.js'
import type { ReceivedClipboard, ReceivedStatus } from '../../use-desk.js'
import { ClipboardCountdown } from './ClipboardCountdown.js'
import { CopyControl } from './CopyControl.js'
import { Countdown } from './Countdown.js'
import { Inspection } from './Inspection.js'

interface Props {
  readonly status: ReceivedStatus | null
  readonly clipboard: ReceivedClipboard | null
  readonly generating: boolean
  readonly hasKey: boolean
  readonly onGenerate: () => void
  readonly profileId: string
  readonly copyFormat: CopyFormat
  readonly onCopy: (format: CopyFormat) => void
  readonly onSavePostman: () => void
  /** `undefined` where the user was asked and said no. */
  readonly reveal: () => Promise<RevealedToken | undefined>
  readonly onError: (error: AppError) => void
  readonly children: ReactNode
}

export function TokenSection(props: Props) {
  const { status, clipboard, generating, hasKey, onGenerate, reveal, onError, children } = props
  const { profileId, copyFormat, onCopy, onSavePostman } = props
  const token = status?.token ?? null
  const [revealed, setRevealed] = useState<RevealedToken | null>(null)
  useRevealLimit(revealed, () => setRevealed(null))
  // Another token, or none: what was revealed is no longer this one.
  const issuedAtMs = token?.issuedAtMs
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect is about this value changing
  useEffect(() => setRevealed(null), [issuedAtMs])

  const show = () => {
    reveal().then(
      (shown) => shown && !document.hidden && setRevealed(shown),
      (thrown) => onError(appErrorOf(thrown)),
    )
  }
  return (
    <section className="token-section" aria-labelledby="token-title">
      <header className="card-header">
        <h2 id="token-title">Access token</h2>
        {children}
      </header>
      {token && status ? (
        <>
          <Countdown token={token} receivedAt={status.receivedAt} />
          <div className="token">
            <p className={revealed ? 'mono token-revealed' : 'mono'}>{revealed ? revealed.token : token.masked}</p>
            <span className="muted">{token.lengthChars} characters</span>
          </div>
        </>
      ) : (
        <p className="no-token">
          <strong>No token yet</strong>
          <span>
            {hasKey
              ? 'It is made with this profile’s key and kept in memory, never on disk.'
              : 'Load this profile’s RSA private key first.'}
          </span>
        </p>
      )}
      <div className="actions">
        {token && <CopyControl remembered={copyFormat} onCopy={onCopy} onSavePostman={onSavePostman} />}
        <button
          type="button"
          className={token || !hasKey ? 'button' : 'button button-primary'}
          aria-disabled={generating}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          title={keysText('Enter')}
          onClick={onGenerate}
        >
          <RefreshCw size={15} aria-hidden className={generating ? 'spinning' : undefined} />
          Generate token
        </button>
        {token && (
          <button type="button" className="button button-quiet" onClick={revealed ? () => setRevealed(null) : show}>
            {revealed ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
            {revealed ? 'Hide token' : 'Reveal token'}
          </button>
        )}
        {clipboard && clipboard.clearsInMs !== null && (
          <ClipboardCountdown {...clipboard} clearsInMs={clipboard.clearsInMs} />
        )}
        {generating && <span className="muted">Generating…</span>}
      </div>
      {token && <Inspection profileId={profileId} token={token} onError={onError} />}
    </section>
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
