import { useCountdown } from '../../use-countdown.js'
import type { ReceivedClipboard } from '../../use-desk.js'

/** Not a live region: a screen reader would read out every second. */
export function ClipboardCountdown({ clearsInMs, receivedAt }: ReceivedClipboard & { clearsInMs: number }) {
  const leftMs = useCountdown(clearsInMs, receivedAt)
  if (leftMs === 0) return null
  const seconds = Math.ceil(leftMs / 1000)
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return <span className="muted clipboard-countdown">Clipboard clears in {text}</span>
}
