import type { EnvironmentId } from '../../shared/environments.js'
import { type ClockReading, remainingMs } from '../../shared/lifetime.js'
import type { ProfileFields } from '../../shared/views.js'
import type { ChosenAccount } from './accounts.js'
import type { GrantedToken } from './jwt-grant.js'

/** A token together with what its user has to know besides. */
export interface TokenFacts {
  readonly accessToken: string
  /** Wall clock, milliseconds since the epoch. */
  readonly expiresAtMs: number
  readonly remainingMs: number
  readonly environment: EnvironmentId
  readonly profileName: string
  readonly oauthHost: string
  /** The account's own where it is known, else the environment's. */
  readonly restBasePath: string
  readonly accountId: string | null
  readonly integrationKey: string
  /** `null` for an application grant. */
  readonly userId: string | null
  readonly scopes: readonly string[]
}

/**
 * @param profile with its hosts, whatever its environment
 * @param account `null` while it is not known
 */
export function tokenFacts(
  profile: ProfileFields,
  { accessToken, lifetimeMs, sentAt }: GrantedToken,
  account: ChosenAccount | null,
  now: ClockReading,
): TokenFacts {
  const leftMs = remainingMs(lifetimeMs, sentAt, now)
  return {
    accessToken,
    remainingMs: leftMs,
    expiresAtMs: now.wallMs + leftMs,
    environment: profile.environment,
    profileName: profile.name,
    oauthHost: profile.oauthHost,
    restBasePath: account?.restBasePath ?? profile.restBasePath,
    accountId: account?.accountId ?? null,
    integrationKey: profile.integrationKey,
    userId: profile.grant === 'user' ? profile.userId : null,
    scopes: profile.scopes,
  }
}
