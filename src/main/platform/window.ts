import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { APP_ORIGIN } from './app-protocol.js'
import { readWindowState, writeWindowState } from './window-state.js'

/** The one window, where and as large as it was last. It is shown once it has something to show. */
export function openWindow(outFolder: string, dataFolder: string): BrowserWindow {
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea)
  const { maximized = false, ...place } = readWindowState(dataFolder, displays) ?? {}
  const window = new BrowserWindow({
    width: 1080,
    height: 740,
    ...place,
    minWidth: 360,
    minHeight: 480,
    show: false,
    title: 'Token Desk',
    // The page's own background, so that no white flash comes before it.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1115' : '#f7f8fa',
    webPreferences: {
      preload: join(outFolder, 'preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  window.on('close', () => writeWindowState(dataFolder, window.getNormalBounds(), window.isMaximized()))
  void window.loadURL(`${APP_ORIGIN}/index.html`)
  return window
}

/** Brings a window back to the front: someone started the app a second time. */
export function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
