import { LockKeyhole, LockKeyholeOpen } from 'lucide-react'
import type { AppInfo } from '../../../shared/views.js'

export function StatusBar({ info: { vault, host, version } }: { info: AppInfo }) {
  const sealed = vault.state === 'sealed'
  const Icon = sealed ? LockKeyhole : LockKeyholeOpen
  return (
    <footer className="status-bar">
      <span title={vault.summary}>
        <Icon size={13} aria-hidden />
        {sealed ? 'Keys sealed on disk' : 'Keys in memory only'}
      </span>
      <span>
        {host === 'electron' ? 'Electron' : 'Browser host'} · {version}
      </span>
    </footer>
  )
}
