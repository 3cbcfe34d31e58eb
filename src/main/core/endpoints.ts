import { ENVIRONMENTS, originOf } from '../../shared/environments.js'
import { deskError } from './desk-error.js'
import type { Profile } from './profiles.js'

export interface Endpoints {
  /** Bare host of the authorization server. */
  readonly oauthHost: string
  readonly restBasePath: string
}

/**
 * Where a profile's requests go. Decided by its environment alone; nothing here falls to production.
 *
 * @param simulatorHost `host:port`; empty while the simulator does not listen, and so is the answer then
 */
export function endpointsOf(profile: Profile, simulatorHost: string): Endpoints {
  if (profile.environment === 'simulator') {
    return { oauthHost: simulatorHost, restBasePath: simulatorHost && `${originOf(simulatorHost)}/restapi` }
  }
  if (profile.environment === 'custom') return { oauthHost: profile.oauthHost, restBasePath: profile.restBasePath }
  const { oauthHost, restBasePath } = ENVIRONMENTS[profile.environment]
  if (!oauthHost || !restBasePath) throw deskError('internal')
  return { oauthHost, restBasePath }
}
