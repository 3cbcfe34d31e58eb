import { originOf } from '../../shared/environments.js'
import { deskError } from './desk-error.js'
import type { Profile } from './profiles.js'

/**
 * Where the consent page leads back to. Simulator profiles need none: their server has a page of its own for it.
 *
 * @throws DeskError `profile_invalid` when the profile names none: Docusign refuses a page without one
 */
export function redirectUriOf(profile: Profile, oauthHost: string): string {
  if (profile.redirectUri !== '') return profile.redirectUri
  if (profile.environment === 'simulator') return `${originOf(oauthHost)}/oauth/consented`
  throw deskError('profile_invalid', {
    message: 'The consent page needs a redirect URI that is registered with this integration key.',
    hint: 'Copy one from Apps and Keys into the profile. Any will do; one such as http://localhost:8080/ brings you back by itself.',
    remedy: 'edit-profile',
    fields: { redirectUri: 'Consent needs a registered redirect URI.' },
  })
}

/**
 * The page where the profile's user allows the integration key to act for them, once per scope set. Spaces must be
 * `%20`: Docusign does not read `+` as one.
 *
 * @param options `state` comes back with the answer (RFC 6749 section 10.12); `admin` asks an organization's
 *   administrator to allow the scopes for all its users
 * @throws DeskError `profile_invalid` as `redirectUriOf` does
 */
export function consentUrl(
  profile: Profile,
  oauthHost: string,
  { state, admin }: { state: string; admin: boolean },
): string {
  const scopes = profile.scopes.join(' ')
  const query = Object.entries({
    response_type: 'code',
    // https://developers.docusign.com/platform/auth/consent/obtaining-admin-consent-external/
    ...(admin ? { scope: 'openid', admin_consent_scope: scopes } : { scope: scopes }),
    client_id: profile.integrationKey,
    redirect_uri: redirectUriOf(profile, oauthHost),
    state,
  })
  return `${originOf(oauthHost)}/oauth/auth?${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
}
