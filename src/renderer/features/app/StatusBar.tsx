import { Activity, LockKeyhole, LockKeyholeOpen, Radio, Settings as SettingsIcon } from 'lucide-react'
import type { ServerStatus } from '../../../shared/serving.js'
import type { AppInfo } from '../../../shared/views.js'

const LABELS = {
  sealed: 'Keys sealed on disk',
  locked: 'Keys locked',
  'memory-only': 'Keys in memory only',
} as const

interface Props {
  readonly info: AppInfo
  readonly server: ServerStatus | null
  readonly onActivity: () => void
  readonly onSettings: () => void
}

export function StatusBar({ info: { vault, host, version }, server, onActivity, onSettings }: Props) {
  const sealed = vault.state === 'sealed'
  const Icon = sealed ? LockKeyhole : LockKeyholeOpen
  return (
    <footer className="status-bar">
      <span title={vault.summary}>
        <Icon size={13} aria-hidden />
        {LABELS[vault.state]}
      </span>
      {server?.state === 'running' && (
        <span className="server-mark" title={`The token server answers at ${server.origin}`}>
          <Radio size={13} aria-hidden />
          <span className="server-mark-words">Token server on port</span> {server.port}
        </span>
      )}
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
