import { ENVIRONMENT_IDS, ENVIRONMENTS } from '../../shared/environments.js'
import type { TokenStatus } from '../../shared/views.js'
import type { Profile } from './profiles.js'

/** One line of the tray's menu: pressing it copies that profile's token. */
export interface TrayProfile {
  readonly profileId: string
  readonly label: string
}

/** A menu longer than this is no menu any more. */
const MAX_LINES = 20

/**
 * Profiles as the tray lists them: those with a live token first, then by environment as in the window.
 * Environments are named in words: a menu has no colours.
 */
export function trayProfiles(
  profiles: readonly Profile[],
  statusOf: (profileId: string) => TokenStatus,
): readonly TrayProfile[] {
  return profiles
    .map((profile) => ({ profile, leftMs: statusOf(profile.id).token?.remainingMs ?? 0 }))
    .sort(
      (a, b) =>
        Number(b.leftMs > 0) - Number(a.leftMs > 0) ||
        ENVIRONMENT_IDS.indexOf(a.profile.environment) - ENVIRONMENT_IDS.indexOf(b.profile.environment),
    )
    .slice(0, MAX_LINES)
    .map(({ profile: { id, name, environment }, leftMs }) => ({
      profileId: id,
      label: `${name} (${ENVIRONMENTS[environment].label})${leftMs > 0 ? ` – ${leftText(leftMs)}` : ''}`,
    }))
}

/** `59 min left`: rounded down, so that it never promises too much. */
export function leftText(leftMs: number): string {
  const minutes = Math.floor(leftMs / 60_000)
  if (minutes < 1) return 'less than a minute left'
  return minutes < 120 ? `${minutes} min left` : `${Math.floor(minutes / 60)} h left`
}
