import { app } from 'electron'

/** Electron does it on macOS and Windows; from sources it would start a bare Electron. */
export const canStartAtLogin = (platform: NodeJS.Platform) =>
  app.isPackaged && (platform === 'darwin' || platform === 'win32')

export function setStartAtLogin(platform: NodeJS.Platform, openAtLogin: boolean): void {
  if (canStartAtLogin(platform)) app.setLoginItemSettings({ openAtLogin })
}
