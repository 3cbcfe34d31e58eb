import { Activity, LockKeyhole, LockKeyholeOpen, Settings as SettingsIcon } from 'lucide-react'
import type { AppInfo } from '../../../shared/views.js'

const LABELS = {
  sealed: 'Keys sealed on disk',
  locked: 'Keys locked',
  'memory-only': 'Keys in memory only',
} as const

interface Props {
  readonly info: AppInfo
  readonly onActivity: () => void
  readonly onSettings: () => void
}

export function StatusBar({ info: { vault, host, version }, onActivity, onSettings }: Props) {
  const sealed = vault.state === 'sealed'
  const Icon = sealed ? LockKeyhole : LockKeyholeOpen
  return (
    <footer className="status-bar">
      <span title={vault.summary}>
        <Icon size={13} aria-hidden />
        {LABELS[vault.state]}
      </span>
      <button type="button" className="status-button" onClick={onActivity}>
        <Activity size={13} aria-hidden />
        Activity
      </button>
      <button type="button" className="status-button" onClick={onSettings}>
        <SettingsIcon size={13} aria-hidden />
        Settings
      </button>
      <span>
        {host === 'electron' ? 'Electron' : 'Browser host'} · {version}
      </span>
    </footer>
  )
}
