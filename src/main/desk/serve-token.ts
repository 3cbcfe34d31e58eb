import type { Accounts } from '../core/accounts.js'
import { deskError } from '../core/desk-error.js'
import { endpointsOf } from '../core/endpoints.js'
import type { GrantedToken } from '../core/jwt-grant.js'
import type { Clock } from '../core/ports.js'
import type { ProfileTokens } from '../core/profile-tokens.js'
import type { Profiles } from '../core/profiles.js'
import { type TokenFacts, tokenFacts } from '../core/token-facts.js'

/** Tokens on their way out, each with what its user has to know besides. */
export interface TokenService {
  /** @throws DeskError `profile_not_found` */
  of(profileId: string, token: GrantedToken): TokenFacts
  /**
   * A live token for another program. Whose account it is gets asked first where that is not known yet: a program
   * cannot come back for it.
   * @throws DeskError as `ProfileTokens.get`; `superseded` where the profile became another meanwhile
   */
  serve(profileId: string, options?: { fresh?: boolean }): Promise<TokenFacts>
}

interface Parts {
  readonly profiles: Profiles
  readonly tokens: ProfileTokens
  readonly accounts: Accounts
  readonly clock: Clock
  readonly simulatorHost: () => string
}

/** The account is an extra: the token does not wait longer for it, milliseconds. */
const ACCOUNT_WAIT_MS = 3000

export function createTokenService({ profiles, tokens, accounts, clock, simulatorHost }: Parts): TokenService {
  function of(profileId: string, token: GrantedToken): TokenFacts {
    const profile = profiles.find(profileId)
    const withHosts = { ...profile, ...endpointsOf(profile, simulatorHost()) }
    return tokenFacts(withHosts, token, accounts.accountOf(profileId), clock.read())
  }
  return {
    of,
    async serve(profileId, options) {
      const before = tokens.cacheKey(profileId)
      const token = await tokens.get(profileId, options)
      if (accounts.accountOf(profileId) === null) {
        const waited = new AbortController()
        const asked = accounts.get(profileId).catch(() => null)
        await Promise.race([asked, clock.sleep(ACCOUNT_WAIT_MS, waited.signal).catch(() => {})])
        waited.abort()
      }
      // A token of what the profile was must not go out under the name, the environment or the host of what it is.
      if (tokens.cacheKey(profileId) !== before) throw deskError('superseded')
      return of(profileId, token)
    },
  }
}
