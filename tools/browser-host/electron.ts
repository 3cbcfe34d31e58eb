import { globalShortcut, Notification, nativeImage, screen, Tray } from './absent.js'
import { app } from './app.js'
import { BrowserWindow } from './browser-window.js'
import { ClipboardItem, clipboard } from './clipboard.js'
import { dialog } from './dialog.js'
import { guard } from './guard.js'
import { ipcMain } from './ipc-main.js'
import { Menu } from './menu.js'
import { nativeTheme } from './native-theme.js'
import { net } from './net.js'
import { powerMonitor } from './power-monitor.js'
import { protocol } from './protocol.js'
import { safeStorage } from './safe-storage.js'
import { session } from './session.js'
import { shell } from './shell.js'

/** What `import … from 'electron'` gives the built main. Any other name fails: at linking, or by the guard. */
export default guard('electron', {
  app,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
})
export {
  app,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
}
