import { Info, ShieldOff, X } from 'lucide-react'
import type { AppInfo } from '../../../shared/views.js'

/** What the user should know before anything else. The missing protection of keys cannot be dismissed. */
export function Notices({ info, onDismiss }: { info: AppInfo; onDismiss: (id: string) => void }) {
  const { vault, notices } = info
  return (
    <section className="notices" aria-label="Notices">
      {vault.state === 'memory-only' && (
        <div className="notice notice-warning">
          <ShieldOff size={16} aria-hidden />
          <p>
            <strong>{vault.summary}</strong> {vault.hint}
          </p>
        </div>
      )}
      {notices.map(({ id, message, hint }) => (
        <div key={id} className="notice">
          <Info size={16} aria-hidden />
          <p>
            <strong>{message}</strong> {hint}
          </p>
          <button type="button" className="icon-button" aria-label="Dismiss this notice" onClick={() => onDismiss(id)}>
            <X size={16} aria-hidden />
          </button>
        </div>
      ))}
    </section>
  )
}
