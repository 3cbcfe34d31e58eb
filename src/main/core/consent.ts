import { originOf } from '../../shared/environments.js'
import { deskError } from './desk-error.js'
import type { Profile } from './profiles.js'

/**
 * The page where the profile's user allows the integration key to act for them, once per scope set. Spaces must be
 * `%20`: Docusign does not read `+` as one.
 *
 * @throws DeskError `profile_invalid` when the profile names no redirect URI: Docusign refuses a page without one
 */
export function consentUrl(profile: Profile, oauthHost: string): string {
  const redirectUri =
    profile.environment === 'simulator' ? `${originOf(oauthHost)}/oauth/consented` : profile.redirectUri
  if (!redirectUri) {
    throw deskError('profile_invalid', {
      message: 'The consent page needs a redirect URI that is registered with this integration key.',
      hint: 'Copy one from Apps and Keys into the profile. Any registered one will do: what returns to it is thrown away.',
      remedy: 'edit-profile',
      fields: { redirectUri: 'Consent needs a registered redirect URI.' },
    })
  }
  const query = Object.entries({
    response_type: 'code',
    scope: profile.scopes.join(' '),
    client_id: profile.integrationKey,
    redirect_uri: redirectUri,
  })
  return `${originOf(oauthHost)}/oauth/auth?${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`
}
