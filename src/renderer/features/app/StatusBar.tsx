import { LockKeyhole, LockKeyholeOpen } from 'lucide-react'
import type { AppInfo } from '../../../shared/views.js'

const LABELS = {
  sealed: 'Keys sealed on disk',
  locked: 'Keys locked',
  'memory-only': 'Keys in memory only',
} as const

export function StatusBar({ info: { vault, host, version } }: { info: AppInfo }) {
  const sealed = vault.state === 'sealed'
  const Icon = sealed ? LockKeyhole : LockKeyholeOpen
  return (
    <footer className="status-bar">
      <span title={vault.summary}>
        <Icon size={13} aria-hidden />
        {LABELS[vault.state]}
      </span>
      <span>
        {host === 'electron' ? 'Electron' : 'Browser host'} · {version}
      </span>
    </footer>
  )
}
