import { Menu, Tray } from 'electron'
import type { TrayProfile } from '../core/tray-menu.js'
import { trayIcon } from './tray-icon.js'

export interface TrayMark {
  /** Shows these profiles from now on. */
  update(profiles: readonly TrayProfile[]): void
  remove(): void
}

interface Deeds {
  readonly copy: (profileId: string) => void
  readonly open: () => void
  readonly quit: () => void
}

/** The mark in the tray or menu bar; `null` where this computer has none to offer. */
export function createTray(platform: NodeJS.Platform, { copy, open, quit }: Deeds): TrayMark | null {
  let tray: Tray
  try {
    tray = new Tray(trayIcon(platform))
  } catch {
    return null
  }
  tray.setToolTip('Token Desk')
  // Ignored where the system opens the menu instead: macOS, and app indicators on Linux.
  tray.on('click', open)
  return {
    // Set anew each time: on Linux a menu that was changed in place is not drawn again.
    update: (profiles) =>
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
          { type: 'separator' },
          { label: 'Quit', click: quit },
        ]),
      ),
    remove: () => tray.destroy(),
  }
}
