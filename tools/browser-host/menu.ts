import type { Menu as ElectronMenu, MenuItemConstructorOptions } from 'electron'
import { guard } from './guard.js'

/** Accepted without effect: a window with `--app` has no menu bar, and Chromium brings copy and paste itself. */
export const Menu = guard('electron.Menu', {
  buildFromTemplate: (_template: MenuItemConstructorOptions[]) => guard('electron.Menu', {}) as unknown as ElectronMenu,
  setApplicationMenu: () => {},
} satisfies Partial<typeof ElectronMenu>)
