import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, clipboard, ipcMain, powerMonitor, protocol, session, shell } from 'electron'
import { deskError } from './core/desk-error.js'
import { createHandlers } from './ipc/handlers.js'
import { registerCalls } from './ipc/register.js'
import { APP_ORIGIN, registerAppScheme, serveApp } from './platform/app-protocol.js'
import { chooseKeyFile } from './platform/key-file.js'
import { log } from './platform/log.js'
import { setMenu } from './platform/menu.js'
import { denyPermissions, guardNavigation, isAppUrl } from './platform/navigation-guard.js'
import { createOpenUrl } from './platform/open-url.js'
import { openWindow, raise } from './platform/window.js'

/** The table of contents: what is set up, and in which order. */

const outFolder = join(dirname(fileURLToPath(import.meta.url)), '..')
let window: BrowserWindow | null = null

app.setName('Token Desk')
const dataFolder = process.env.TOKENDESK_USER_DATA
if (dataFolder) app.setPath('userData', dataFolder)

// Two processes writing one store would lose each other's changes.
if (app.requestSingleInstanceLock()) start()
else app.quit()

function start(): void {
  app.enableSandbox()
  registerAppScheme(protocol)
  guardNavigation(app)
  app.on('second-instance', () => window && raise(window))
  app.on('window-all-closed', () => app.quit())
  app.whenReady().then(whenReady, () => app.exit(1))
}

function whenReady(): void {
  setMenu(process.platform)
  denyPermissions(session.defaultSession)
  serveApp(protocol, join(outFolder, 'renderer'))
  window = openWindow(outFolder)
  window.on('closed', () => {
    window = null
  })

  const booted = import('./boot.js').then(({ boot }) => boot(() => window))
  booted.then(
    ({ desk, stop }) => {
      app.on('before-quit', () => void stop())
      // Sleep may have outlasted a token: look at once rather than at the next round.
      powerMonitor.on('resume', () => void desk.tokens.renewDue())
    },
    () => log('start', 'failed'),
  )

  registerCalls({
    ipcMain,
    isOwnPage: (frame) => frame !== null && frame.parent === null && isAppUrl(frame.url) && frame.origin === APP_ORIGIN,
    log: (name, code) => log(name, code),
    handlers: booted.then(({ desk, state }) =>
      createHandlers(desk, {
        info: state.info,
        dismissNotice: state.dismissNotice,
        chooseKeyFile: async () => (window ? chooseKeyFile(window) : null),
        copy: (text) =>
          clipboard.writeText(text).catch(() => {
            throw deskError('clipboard_failed')
          }),
        openUrl: createOpenUrl((url) => shell.openExternal(url)),
      }),
    ),
  })
}
