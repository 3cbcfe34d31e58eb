import { blankProfile, profileProblems } from '../../../shared/profile-rules.js'
import { parseScopes } from '../../../shared/scopes.js'
import type { ProfileFields, ProfileInput, ProfileView } from '../../../shared/views.js'

/** The form as typed: scopes and lifetime stay text until they are saved. */
export interface FormValues extends Omit<ProfileFields, 'scopes' | 'assertionLifetimeS'> {
  readonly scopes: string
  readonly assertionLifetimeS: string
}

export function initialValues(profile: ProfileView | null): FormValues {
  const blank = blankProfile()
  if (!profile)
    return { ...blank, scopes: blank.scopes.join(' '), assertionLifetimeS: String(blank.assertionLifetimeS) }
  const custom = profile.environment === 'custom'
  return {
    ...profile,
    scopes: profile.scopes.join(' '),
    assertionLifetimeS: String(profile.assertionLifetimeS),
    oauthHost: custom ? profile.oauthHost : '',
    restBasePath: custom ? profile.restBasePath : '',
  }
}

export function toInput(values: FormValues, id?: string, stagedKeyId?: string): ProfileInput {
  const { name, environment, integrationKey, userId, grant, autoRenew, redirectUri, oauthHost, restBasePath } = values
  return {
    ...(id === undefined ? {} : { id }),
    ...(stagedKeyId === undefined ? {} : { stagedKeyId }),
    name,
    environment,
    integrationKey,
    userId,
    grant,
    autoRenew,
    redirectUri,
    oauthHost,
    restBasePath,
    scopes: parseScopes(values.scopes),
    assertionLifetimeS: values.assertionLifetimeS.trim() === '' ? 0 : Number(values.assertionLifetimeS),
  }
}

/** Problems of the fields that were touched: an empty form does not scold. */
export function problemsShown(values: FormValues, touched: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(profileProblems(toInput(values))).filter(([field]) => touched.has(field)))
}
