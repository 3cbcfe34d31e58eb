import type { Settings } from '../../shared/settings.js'
import type { Abilities, AppInfo, Notice, Scenario, VaultStatus } from '../../shared/views.js'
import type { SettingsDesk } from '../core/settings.js'
import type { Desk } from './desk.js'

/** What the window shows of the app itself: notices, protection of keys, simulator. */
export interface AppState {
  info(): Promise<AppInfo>
  dismissNotice(id: string): void
  setScenario(scenario: Scenario): void
  /** @throws DeskError `save_failed` */
  saveSettings(settings: Settings): void
  /** @throws DeskError `passphrase_invalid`, `save_failed` */
  setPassphrase(passphrase: string): Promise<void>
  /** @throws DeskError `passphrase_wrong`, `save_failed` */
  unlock(passphrase: string): Promise<void>
}

interface Parts {
  readonly version: string
  readonly host: AppInfo['host']
  readonly desk: Desk
  readonly settings: SettingsDesk
  readonly abilities: Abilities
  /** Takes up saved settings. Says whether the shortcut could be had. */
  readonly applySettings: (settings: Settings) => boolean
  readonly notices: readonly Notice[]
  readonly changed: (info: AppInfo) => void
}

export function createAppState(parts: Parts): AppState {
  const { version, host, desk, settings, abilities, applySettings, notices, changed } = parts
  let shown = [...notices]
  let shortcutWorks = applySettings(settings.read())
  const info = async (): Promise<AppInfo> => ({
    version,
    host,
    vault: await vaultStatus(desk),
    notices: shown,
    scenario: desk.simulator.scenario(),
    settings: settings.read(),
    abilities,
    shortcutWorks,
  })
  /** What was kept in memory while nothing protected it is sealed now. */
  const opened = async () => {
    try {
      await desk.vault.sealMemory()
      const selectedId = desk.profiles.selectedId()
      if (selectedId !== null) await desk.keys.check(selectedId)
    } finally {
      tell()
    }
  }
  const tell = () => void info().then(changed)
  return {
    info,
    dismissNotice(id) {
      shown = shown.filter((notice) => notice.id !== id)
      tell()
    },
    setScenario(scenario) {
      desk.simulator.setScenario(scenario)
      tell()
    },
    saveSettings(next) {
      shortcutWorks = applySettings(settings.save(next))
      tell()
    },
    async setPassphrase(passphrase) {
      await desk.passphrase.set(passphrase)
      await opened()
    },
    async unlock(passphrase) {
      await desk.passphrase.unlock(passphrase)
      await opened()
    },
  }
}

async function vaultStatus(desk: Desk): Promise<VaultStatus> {
  const status = await desk.vault.status()
  if (status.state !== 'memory-only' || desk.passphrase.state() !== 'locked') return status
  return { state: 'locked', summary: 'The keys are locked.', hint: 'Give the passphrase that you set to use them.' }
}

/** A damaged document was moved away: say which file, and that nothing was deleted. */
export function setAsideNotice(what: string, fileName: string): Notice {
  return {
    id: fileName,
    message: `The file with your ${what} was damaged and has been set aside as ${fileName}. Nothing was deleted.`,
    hint: 'Token Desk started with an empty one. To restore a backup, quit, put it in place in the data folder, and start again.',
  }
}

export function unreadableNotice(count: number): Notice {
  const profiles = count === 1 ? 'One saved profile is' : `${count} saved profiles are`
  return {
    id: 'unreadable-profiles',
    message: `${profiles} not readable by this version and left in the file as they are.`,
  }
}
