import { Info, X } from 'lucide-react'
import type { AppInfo } from '../../../shared/views.js'
import { VaultNotice } from './VaultNotice.js'

interface Props {
  readonly info: AppInfo
  readonly onDismiss: (id: string) => void
  readonly onVaultChanged: (announcement: string) => Promise<void>
}

/** What the user should know before anything else. */
export function Notices({ info, onDismiss, onVaultChanged }: Props) {
  const { vault, notices } = info
  return (
    <section className="notices" aria-label="Notices">
      <VaultNotice vault={vault} onChanged={onVaultChanged} />
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
