import { Menu, Tray } from 'electron'
import type { TrayProfile } from '../core/tray-menu.js'
import { trayIcon } from './tray-icon.js'

export interface TrayMark {
  /** Shows these profiles from now on, and whether the token server runs: on which port, or `null`. */
  update(profiles: readonly TrayProfile[], serverPort: number | null): void
  remove(): void
}

interface Deeds {
  readonly copy: (profileId: string) => void
  readonly open: () => void
  readonly stopServer: () => void
  readonly quit: () => void
}

/** The mark in the tray or menu bar; `null` where this computer has none to offer. */
export function createTray(platform: NodeJS.Platform, { copy, open, stopServer, quit }: Deeds): TrayMark | null {
  let tray: Tray
  try {
    tray = new Tray(trayIcon(platform, false))
  } catch {
    return null
  }
  tray.setToolTip('Token Desk')
  // Ignored where the system opens the menu instead: macOS, and app indicators on Linux.
  tray.on('click', open)
  let marked = false
  function mark(serverPort: number | null): void {
    if (marked === (serverPort !== null)) return
    marked = serverPort !== null
    tray.setImage(trayIcon(platform, marked))
    tray.setToolTip(serverPort === null ? 'Token Desk' : `Token Desk: token server on port ${serverPort}`)
  }
  return {
    update(profiles, serverPort) {
      mark(serverPort)
      const server = [
        { type: 'separator' as const },
        { label: `Token server on port ${serverPort}`, enabled: false },
        { label: 'Stop token server', click: stopServer },
      ]
      // Set anew each time: on Linux a menu that was changed in place is not drawn again.
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: 'Open Token Desk', click: open },
          { type: 'separator' },
          { label: 'Copy a token', enabled: false },
          // An ampersand would underline the letter after it.
          ...profiles.map(({ profileId, label }) => ({
            label: label.replaceAll('&', '&&'),
            click: () => copy(profileId),
          })),
          ...(serverPort === null ? [] : server),
          { type: 'separator' },
          { label: 'Quit', click: quit },
        ]),
      )
    },
    remove: () => tray.destroy(),
  }
}
