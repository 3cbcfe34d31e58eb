import type { Display, Notification as ElectronNotification, GlobalShortcut, NativeImage, Screen } from 'electron'
import { guard } from './guard.js'

/** What a browser window cannot bring: the app is told so, as Electron itself would tell it where the system lacks it. */

/** No tray: like a desktop without one. */
export class Tray {
  constructor() {
    throw new Error('A tray is not in the browser host')
  }
}

/** No keys while another program has the focus: like a shortcut that another program holds. */
export const globalShortcut = guard('electron.globalShortcut', {
  register: () => false,
  unregisterAll: () => {},
} satisfies Partial<GlobalShortcut>)

export const Notification = guard('electron.Notification', {
  isSupported: () => false,
} satisfies Partial<typeof ElectronNotification>)

const noImage = guard('electron.NativeImage', {
  addRepresentation: () => {},
  setTemplateImage: () => {},
} satisfies Partial<NativeImage>) as unknown as NativeImage

export const nativeImage = guard('electron.nativeImage', { createFromDataURL: () => noImage })

/** Unknown from outside: a remembered place cannot be judged, so none is restored. */
export const screen = guard('electron.screen', { getAllDisplays: (): Display[] => [] } satisfies Partial<Screen>)
