import type { session as electronSession, Session } from 'electron'
import type { Cdp, Protocol } from './cdp-pipe.js'
import { guard } from './guard.js'

const defaultSession = guard('electron.session.defaultSession', {
  /**
   * Accepted, never asked: Chromium decides by `denyPermissions` below, which refuses all of them whatever the app's
   * handlers would say. The app's rule is the same.
   */
  setPermissionRequestHandler: () => {},
  setPermissionCheckHandler: () => {},
} satisfies Partial<Session>)

export const session = guard('electron.session', {
  defaultSession: defaultSession as unknown as Session,
} satisfies Partial<typeof electronSession>)

/** The protocol's names; one that this Chromium does not know is none that it could grant. */
const PERMISSIONS = [
  'ar',
  'audioCapture',
  'automatic-fullscreen',
  'background-fetch',
  'background-sync',
  'camera',
  'captured-surface-control',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'geolocation',
  'hand-tracking',
  'idle-detection',
  'keyboard-lock',
  'local-fonts',
  'local-network-access',
  'microphone',
  'midi',
  'nfc',
  'notifications',
  'payment-handler',
  'periodic-background-sync',
  'persistent-storage',
  'pointer-lock',
  'screen-wake-lock',
  'sensors',
  'smart-card',
  'speaker-selection',
  'storage-access',
  'system-wake-lock',
  'top-level-storage-access',
  'videoCapture',
  'vr',
  'window-management',
]

/**
 * Chromium refuses these without asking anyone, in the app's whole profile; only clipboard.ts's hidden page, by its
 * origin, has the clipboard. Said for all origins and not for the app's, so that a test on the debugging port can
 * still grant itself one with Playwright's `grantPermissions`.
 */
export async function denyPermissions(browser: Cdp): Promise<void> {
  const deny = (name: string) => {
    const permission: Protocol.Browser.PermissionDescriptor = name === 'midi' ? { name, sysex: true } : { name }
    return browser.send('Browser.setPermission', { permission, setting: 'denied' }).catch(() => {})
  }
  await Promise.all(PERMISSIONS.map(deny))
}
