import { mkdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, ipcMain, powerMonitor, protocol, session } from 'electron'
import { HIDDEN_SWITCH } from '../shared/command-line.js'
import { toAppError } from './core/desk-error.js'
import { registerCalls } from './ipc/register.js'
import { registerAppScheme, serveApp } from './platform/app-protocol.js'
import { finishBeforeQuit } from './platform/finish-before-quit.js'
import { log } from './platform/log.js'
import { setMenu } from './platform/menu.js'
import { denyPermissions, guardNavigation, isOwnFrame } from './platform/navigation-guard.js'
import { openWindow, raise } from './platform/window.js'

/** The table of contents: what is set up, and in which order. */

const outFolder = join(dirname(fileURLToPath(import.meta.url)), '..')
let window: BrowserWindow | null = null
/** The command line starts the app for itself alone; until somebody wants to see it, it has no window. */
let isWindowWanted = !process.argv.includes(HIDDEN_SWITCH)
let staysWithoutWindow = () => false
let openServer = () => {}

app.setName('Token Desk')
const dataFolder = process.env.TOKENDESK_USER_DATA
if (dataFolder) {
  // Electron refuses a folder that is not there.
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  app.setPath('userData', resolve(dataFolder))
}

// Two processes writing one store would lose each other's changes.
if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  app.enableSandbox()
  registerAppScheme(protocol)
  guardNavigation(app)
  app.on('second-instance', (_event, argv) => void (argv.includes(HIDDEN_SWITCH) || showWindow()))
  app.on('activate', showWindow)
  app.on('window-all-closed', () => staysWithoutWindow() || app.quit())
  app.whenReady().then(whenReady, () => app.exit(1))
}

/** Opens the window, or brings it to the front: also when the app was started a second time. */
function showWindow(): void {
  const isFirst = !isWindowWanted
  isWindowWanted = true
  if (!app.isReady()) return
  if (window) return raise(window)
  if (isFirst) openServer()
  window = openWindow(outFolder, app.getPath('userData'))
  window.on('closed', () => {
    window = null
  })
}

function whenReady(): void {
  setMenu(process.platform)
  denyPermissions(session.defaultSession)
  serveApp(protocol, join(outFolder, 'renderer'))
  if (isWindowWanted) showWindow()

  const booted = import('./boot.js').then(({ boot }) =>
    boot({ window: () => window, showWindow, isWindowless: () => !isWindowWanted }),
  )
  registerCalls({
    ipcMain,
    isOwnPage: isOwnFrame,
    log,
    service: booted.then(({ service }) => service),
  })
  booted.then(
    ({ awake, stop, holdsClipboard, clearClipboard, ...booted }) => {
      staysWithoutWindow = booted.staysWithoutWindow
      openServer = booted.openServer
      if (isWindowWanted) openServer()
      finishBeforeQuit(app, { isNeeded: holdsClipboard, run: clearClipboard })
      app.on('will-quit', stop)
      powerMonitor.on('resume', awake)
    },
    (thrown: unknown) => {
      log('start', toAppError(thrown).code)
      // Nobody would ever see it, nor reach it.
      if (!isWindowWanted) app.exit(1)
    },
  )
}
