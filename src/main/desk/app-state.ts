import type { AppInfo, Notice, Scenario } from '../../shared/views.js'
import type { Desk } from './desk.js'

/** What the window shows of the app itself: notices, protection of keys, simulator. */
export interface AppState {
  info(): Promise<AppInfo>
  dismissNotice(id: string): void
  setScenario(scenario: Scenario): void
}

interface Parts {
  readonly version: string
  readonly host: AppInfo['host']
  readonly desk: Desk
  readonly notices: readonly Notice[]
  readonly changed: (info: AppInfo) => void
}

export function createAppState({ version, host, desk, notices, changed }: Parts): AppState {
  let shown = [...notices]
  const info = async (): Promise<AppInfo> => ({
    version,
    host,
    vault: await desk.vault.status(),
    notices: shown,
    scenario: desk.simulator.scenario(),
  })
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
  }
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
