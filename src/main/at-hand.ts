import { dialog, globalShortcut } from 'electron'
import { ENVIRONMENTS } from '../shared/environments.js'
import type { AppError } from '../shared/result.js'
import type { Settings } from '../shared/settings.js'
import type { Abilities } from '../shared/views.js'
import type { ClipboardDesk } from './core/clipboard-desk.js'
import { toAppError } from './core/desk-error.js'
import type { ProductionGuard } from './core/production-guard.js'
import { leftText, trayProfiles } from './core/tray-menu.js'
import type { Desk } from './desk/desk.js'
import type { ServerDesk } from './desk/server-desk.js'
import { notify } from './platform/notify.js'
import { canStartAtLogin, setStartAtLogin } from './platform/start-at-login.js'
import { createTray } from './platform/tray.js'

/** What the app offers outside its window: the tray, the shortcut, notifications. */
export interface AtHand {
  readonly abilities: Abilities
  /** Takes up the settings as they are now. @returns whether the shortcut could be had */
  apply(settings: Settings): boolean
  /** Tokens, profiles or the token server changed. */
  refresh(): void
  renewalFailed(profileId: string, error: AppError): void
  /** Whether the app goes on without its window. */
  staysWithoutWindow(): boolean
  stop(): void
}

interface Parts {
  readonly desk: Desk
  readonly guard: ProductionGuard
  readonly clipboard: ClipboardDesk
  readonly settings: () => Settings
  readonly server: Pick<ServerDesk, 'status' | 'stop'>
  readonly platform: NodeJS.Platform
  readonly showWindow: () => void
  readonly quit: () => void
}

/** The menu's minutes go down by themselves, milliseconds. */
const REFRESH_EVERY_MS = 30_000

export function createAtHand({ desk, guard, clipboard, settings, server, platform, showWindow, quit }: Parts): AtHand {
  const { profiles, tokens } = desk
  const tray = createTray(platform, {
    copy: (id) => void copy(id),
    open: showWindow,
    stopServer: () => void server.stop(),
    quit,
  })
  let applied = false
  const timer = tray && setInterval(refresh, REFRESH_EVERY_MS)

  function refresh(): void {
    const { state, port } = server.status()
    tray?.update(trayProfiles(profiles.list(), tokens.status), state === 'running' ? port : null)
  }

  const show = (profileId: string) => () => {
    try {
      profiles.select(profileId)
    } catch {
      // It is gone, or the disk refused: the window opens all the same.
    }
    showWindow()
  }

  /** The same rule as in the window, asked by a dialog of the system's. */
  async function copy(profileId: string): Promise<void> {
    let name = 'Token Desk'
    try {
      const profile = profiles.find(profileId)
      name = profile.name
      if (!(await mayCopy(profile.environment, name))) return
      const { accessToken } = await tokens.get(profileId)
      await clipboard.copyToken(accessToken, profileId)
      const { token } = tokens.status(profileId)
      notify('Token copied', `${name}${token ? `: ${leftText(token.remainingMs)}` : ''}`, show(profileId))
    } catch (thrown) {
      notify(`No token copied: ${name}`, toAppError(thrown).message, show(profileId))
    }
  }

  async function mayCopy(environment: keyof typeof ENVIRONMENTS, name: string): Promise<boolean> {
    try {
      guard.check(environment, false)
      return true
    } catch {
      const { response } = await dialog.showMessageBox({
        type: 'warning',
        message: `Copy a ${ENVIRONMENTS[environment].label.toLowerCase()} token?`,
        detail: `“${name}” acts on real accounts: whoever has its token can send real envelopes until it expires.`,
        buttons: ['Cancel', 'Copy token'],
        defaultId: 0,
        cancelId: 0,
      })
      if (response !== 1) return false
      guard.check(environment, true)
      return true
    }
  }

  function setShortcut(accelerator: string | null): boolean {
    globalShortcut.unregisterAll()
    if (accelerator === null) return true
    return globalShortcut.register(accelerator, () => {
      const selectedId = profiles.selectedId()
      if (selectedId !== null) void copy(selectedId)
    })
  }

  refresh()
  return {
    abilities: { tray: tray !== null, startAtLogin: canStartAtLogin(platform) },
    refresh,
    apply({ copyShortcut, startAtLogin }) {
      // At the start only what was asked for: the user may have set it in the system's own settings.
      if (startAtLogin || applied) setStartAtLogin(platform, startAtLogin)
      applied = true
      return setShortcut(copyShortcut)
    },
    renewalFailed(profileId, { message }) {
      const profile = profiles.list().find(({ id }) => id === profileId)
      if (profile) notify(`No new token for ${profile.name}`, message, show(profileId))
    },
    staysWithoutWindow: () => tray !== null && settings().keepInTray,
    stop() {
      if (timer) clearInterval(timer)
      globalShortcut.unregisterAll()
      tray?.remove()
    },
  }
}
