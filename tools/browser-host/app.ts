import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from 'electron'
import { startsHidden } from '../environment.js'
import { guard } from './guard.js'
import { appEvents, chromium, exit, quit } from './lifecycle.js'
import { learnTheme } from './native-theme.js'
import { commandLineSwitch, project } from './project.js'
import { takeSingleInstanceLock } from './single-instance.js'

let name = project.name
let ready = false
let userData = commandLineSwitch('user-data-dir') ?? join(configFolder(), `${project.name} (browser host)`)

let readiness: Promise<void> | null = null

/**
 * `ready` waits for Chromium, unless no window is wanted yet, and for main's top level to have run or to wait for it:
 * whichever calls first.
 */
export function becomeReady(): Promise<void> {
  const theme = async () => learnTheme((await chromium()).page)
  readiness ??= (startsHidden() ? Promise.resolve() : theme()).then(() => {
    ready = true
    appEvents.emit('ready', {}, {})
  })
  return readiness
}

function configFolder(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support')
  if (process.platform === 'win32') return process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming')
  return process.env.XDG_CONFIG_HOME || join(homedir(), '.config')
}

const members = {
  ...appEvents.methods,
  whenReady: becomeReady,
  isReady: () => ready,
  quit,
  exit: (code = 0) => exit(code),
  getName: () => name,
  setName(given) {
    name = given
  },
  getVersion: () => project.version,
  getAppPath: () => project.root,
  isPackaged: false,
  /** The default is not Electron's folder: data sealed by Electron's safeStorage could not be opened here. */
  getPath(which) {
    if (which === 'userData') return userData
    if (which === 'appData') return configFolder()
    if (which === 'home') return homedir()
    if (which === 'temp') return tmpdir()
    throw new Error(`The path '${which}' is not in the browser host`)
  },
  setPath(which, path) {
    if (which !== 'userData') throw new Error(`The path '${which}' is not in the browser host`)
    userData = path
  },
  requestSingleInstanceLock: () =>
    takeSingleInstanceLock(userData, ({ argv, workingFolder }) =>
      appEvents.emit('second-instance', {}, argv, workingFolder, null),
    ),
  /** Nothing to switch on: outside Electron, Chromium sandboxes every renderer (but see `--no-sandbox` as root). */
  enableSandbox: () => {},
  /** Windows groups the task bar by it. The window is Chromium's, which has its own. */
  setAppUserModelId: () => {},
  /** Accepted without effect: Chromium is starting already, with the switches of chromium-flags.ts. */
  commandLine: guard('electron.app.commandLine', { appendSwitch: () => {} }) as unknown as App['commandLine'],
} satisfies Partial<App>

export const app = guard('electron.app', members)
