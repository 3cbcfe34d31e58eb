import { guidHint } from './profile-rules.js'
import type { ProfileInput, ProfileView } from './views.js'

/**
 * From demo to production. Going live copies the integration key under the same GUID, without its RSA pairs and redirect
 * URIs; users and accounts are others.
 */
export interface GoLiveDraft {
  readonly name: string
  readonly userId: string
  readonly redirectUri: string
  /** Of the key that was loaded for production; `null` before that. */
  readonly fingerprint: string | null
}

export type GoLiveStep = 'key' | 'userId' | 'redirectUri' | 'name'

/** What stands in the way of each step; a step that is absent is done. Only what can be told without asking Docusign. */
export function goLiveProblems(
  demo: ProfileView,
  draft: GoLiveDraft,
  profiles: readonly ProfileView[],
): Partial<Record<GoLiveStep, string>> {
  const problems: Partial<Record<GoLiveStep, string>> = {}
  const userProblem = demo.grant === 'user' ? userIdProblem(demo, draft.userId) : null
  if (userProblem !== null) problems.userId = userProblem
  const keyProblem = productionKeyProblem(demo, draft.fingerprint)
  if (keyProblem !== null) problems.key = keyProblem
  const redirectProblem = redirectUriProblem(demo, draft.redirectUri.trim())
  if (redirectProblem !== null) problems.redirectUri = redirectProblem
  const name = draft.name.trim().toLowerCase()
  if (name === '') problems.name = 'A profile needs a name.'
  else if (profiles.some((profile) => profile.name.toLowerCase() === name))
    problems.name = 'Another profile has this name.'
  return problems
}

function userIdProblem(demo: ProfileView, userId: string): string | null {
  const hint = guidHint(userId, 'userId')
  if (hint !== null) return hint
  return userId.trim().toLowerCase() === demo.userId.toLowerCase()
    ? 'This is the demo user. In production the same person has another User ID.'
    : null
}

function productionKeyProblem(demo: ProfileView, fingerprint: string | null): string | null {
  if (fingerprint === null) return 'Load the private key of the pair that was made in production.'
  return demo.keys.some((key) => key.fingerprint === fingerprint)
    ? 'This is the demo key. Make an RSA pair of its own in production’s Apps and Keys.'
    : null
}

function redirectUriProblem({ grant }: ProfileView, redirectUri: string): string | null {
  if (redirectUri === '') return grant === 'user' ? 'Consent needs one in production too.' : null
  if (!URL.canParse(redirectUri) || !/^https?:$/.test(new URL(redirectUri).protocol))
    return 'Give a full http or https URL.'
  return null
}

/** The production profile: everything of the demo one that stays, and what was given anew. */
export function productionProfile(demo: ProfileView, draft: GoLiveDraft, stagedKeyId: string): ProfileInput {
  const { integrationKey, grant, scopes, assertionLifetimeS, autoRenew } = demo
  return {
    name: draft.name.trim(),
    environment: 'production',
    integrationKey,
    userId: demo.grant === 'user' ? draft.userId.trim() : '',
    grant,
    scopes,
    assertionLifetimeS,
    autoRenew,
    redirectUri: draft.redirectUri.trim(),
    oauthHost: '',
    restBasePath: '',
    stagedKeyId,
  }
}
