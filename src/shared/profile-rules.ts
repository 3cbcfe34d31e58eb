import { ENVIRONMENTS, isBareHost, isRestBasePath, plainHost } from './environments.js'
import { DEFAULT_USER_SCOPES, isScopeToken } from './scopes.js'
import type { GrantKind, ProfileFields } from './views.js'

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Docusign's integration keys and User IDs: 8-4-4-4-12 hexadecimal digits. */
export function isGuid(text: string): boolean {
  return GUID.test(text)
}

const GUID_FIELDS = { integrationKey: 'integration key', userId: 'User ID' } as const

/** Says what was pasted instead of a GUID, or `null` when it is one. One sentence, for the form. */
export function guidHint(text: string, field: keyof typeof GUID_FIELDS): string | null {
  const value = text.trim()
  const name = GUID_FIELDS[field]
  if (isGuid(value)) return null
  if (value === '') return `The ${name} is on Docusign’s Apps and Keys page.`
  if (value.includes('@')) return `This is an email address. The ${name} is a GUID on the Apps and Keys page.`
  if (/^\d{4,20}$/.test(value))
    return `This looks like an account number. The ${name} is a GUID on the Apps and Keys page.`
  if (isGuid(value.replace(/^[{("']+|[})"']+$/g, ''))) return 'Remove the brackets or quotes around the GUID.'
  if (/^[0-9a-f]{32}$/i.test(value)) return 'The dashes of this GUID are missing: 8-4-4-4-12 digits.'
  if (/^-----|^MI[IG]/.test(value)) return `This looks like a key. The ${name} is a GUID.`
  if (/^[0-9a-f-]+$/i.test(value))
    return `This GUID is ${value.length < 36 ? 'too short' : 'malformed'}: 8-4-4-4-12 digits.`
  return `The ${name} is a GUID: 8-4-4-4-12 hexadecimal digits.`
}

/** A user grant acts as the user, so it needs `impersonation`; an application grant has nobody to act as. */
export function defaultScopes(grant: GrantKind): string[] {
  return grant === 'user' ? [...DEFAULT_USER_SCOPES] : ['organization_read', 'user_read']
}

export const ASSERTION_LIFETIME_S = { min: 60, max: 3600, default: 600 } as const

/** A profile before anything is typed. It begins in demo: production is only ever chosen. */
export function blankProfile(): ProfileFields {
  return {
    name: '',
    environment: 'demo',
    integrationKey: '',
    userId: '',
    grant: 'user',
    scopes: defaultScopes('user'),
    assertionLifetimeS: ASSERTION_LIFETIME_S.default,
    autoRenew: false,
    redirectUri: '',
    oauthHost: '',
    restBasePath: '',
  }
}

/** Field name → what is wrong with it; empty when the profile may be saved. */
export function profileProblems(input: ProfileFields): Record<string, string> {
  const problems: Record<string, string> = {}
  const note = (field: string, problem: string | null | false) => {
    if (problem) problems[field] = problem
  }
  note('name', input.name.trim() === '' && 'A profile needs a name.')
  note('name', input.name.trim().length > 80 && 'Keep the name to 80 characters.')
  note('integrationKey', guidHint(input.integrationKey, 'integrationKey'))
  if (input.grant === 'user') note('userId', guidHint(input.userId, 'userId'))
  note('scopes', scopeProblem(input))
  const { min, max } = ASSERTION_LIFETIME_S
  const lifetimeS = input.assertionLifetimeS
  note(
    'assertionLifetimeS',
    !(Number.isInteger(lifetimeS) && lifetimeS >= min && lifetimeS <= max) &&
      `Whole seconds from ${min} to ${max}: Docusign accepts an assertion for one hour at most.`,
  )
  note(
    'redirectUri',
    input.redirectUri.trim() !== '' && !isRedirectUri(input.redirectUri.trim()) && 'Give a full http or https URL.',
  )
  if (input.environment === 'custom') {
    note('oauthHost', oauthHostProblem(input.oauthHost.trim()))
    note('restBasePath', restBasePathProblem(input.restBasePath.trim()))
  }
  return problems
}

function oauthHostProblem(host: string): string | null {
  if (!isBareHost(host)) return 'Give the bare host, such as account-s.docusign.com: no https://, no path.'
  // Under another name production would go without its mark.
  const known = Object.values(ENVIRONMENTS).find(({ oauthHost }) => oauthHost === plainHost(host))
  return known ? `This is Docusign’s own ${known.label} host: choose the environment ${known.label}.` : null
}

function restBasePathProblem(path: string): string | null {
  if (!isRestBasePath(path)) {
    return 'Give a full https URL, such as https://demo.docusign.net/restapi (http only on this computer).'
  }
  const { restBasePath, label } = ENVIRONMENTS.production
  const isLive = restBasePath !== undefined && new URL(path).host.replace(/\.$/, '') === new URL(restBasePath).host
  return isLive ? `This is Docusign’s own ${label} base path: choose the environment ${label}.` : null
}

function scopeProblem({ scopes, grant }: ProfileFields): string | null {
  if (scopes.length === 0) return 'At least one scope is needed.'
  const bad = scopes.find((scope) => !isScopeToken(scope))
  if (bad !== undefined) return 'A scope holds printable ASCII without quotes or backslashes.'
  if (grant === 'user' && !scopes.includes('impersonation')) return 'A user grant needs the scope “impersonation”.'
  if (grant === 'application' && scopes.includes('impersonation')) {
    return 'An application grant acts as nobody: take “impersonation” out, or choose the user grant.'
  }
  return null
}

function isRedirectUri(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}
