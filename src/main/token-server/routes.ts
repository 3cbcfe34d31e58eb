import type { IncomingMessage } from 'node:http'
import type { EnvironmentId } from '../../shared/environments.js'
import { deskError, toAppError } from '../core/desk-error.js'
import type { TokenFacts } from '../core/token-facts.js'
import { type Answer, failure, success, tokenAnswer } from './answers.js'
import { OPENAPI } from './openapi.js'
import { createRateLimit, type RateLimit } from './rate-limit.js'

/** What the server is given to hand out. */
export interface TokenSource {
  /** Whether anything is handed out now: the idle time may be over, and nobody has looked yet. */
  isOpen(): boolean
  /** The profile that a secret opens now; `null` for none. */
  opens(secret: string): SourceProfile | null
  /** @throws DeskError; `production_not_served` among them */
  token(profileId: string): Promise<TokenFacts>
  /** Whether there is a token that is not due for renewal. */
  hasValidToken(profileId: string): boolean
}

export interface SourceProfile {
  readonly id: string
  readonly name: string
  readonly environment: EnvironmentId
}

/** An answer, and whose it is: for the ledger. */
export interface Routed {
  readonly answer: Answer
  readonly profile: SourceProfile | null
}

/**
 * A script that runs on with a wrong secret, or with a profile that Docusign refuses, must neither fill the ledger nor
 * bring Docusign's own limit upon the user. Calls that can be answered are not limited.
 */
const WRONG_SECRETS = { burst: 30, refillMs: 1000 }
const FAILED_TOKENS = { burst: 5, refillMs: 10_000 }

/** RFC 6750 section 2.1; the scheme's name in any case, RFC 9110 section 11.1. */
const BEARER = /^bearer +([\w.~+/-]{1,200}=*)$/i
const TOKEN_OF = /^\/v1\/profiles\/([^/]+)\/token$/

export function createRoutes(source: TokenSource, monotonicMs: () => number) {
  const wrongSecrets = createRateLimit({ ...WRONG_SECRETS, monotonicMs })
  const failedTokens = new Map<string, RateLimit>()

  const refuse = (
    code: 'secret_wrong' | 'profile_not_served' | 'route_unknown',
    profile: SourceProfile | null = null,
  ) => ({
    answer: failure(deskError(code).appError),
    profile,
  })

  function tooMany(limit: RateLimit, profile: SourceProfile | null): Routed {
    return { answer: failure(deskError('too_many_calls', { retryAfterMs: limit.waitMs() }).appError), profile }
  }

  function limitOf(profileId: string): RateLimit {
    const limit = failedTokens.get(profileId) ?? createRateLimit({ ...FAILED_TOKENS, monotonicMs })
    failedTokens.set(profileId, limit)
    return limit
  }

  async function token(profile: SourceProfile, secret: string): Promise<Routed> {
    const limit = limitOf(profile.id)
    if (limit.waitMs() > 0 && !source.hasValidToken(profile.id)) return tooMany(limit, profile)
    try {
      const facts = await source.token(profile.id)
      // It may have been replaced, switched off or moved while Docusign was asked.
      if (source.opens(secret)?.id !== profile.id) return refuse('secret_wrong', profile)
      return { answer: tokenAnswer(facts), profile }
    } catch (thrown) {
      limit.take()
      const { name, environment } = profile
      return { answer: failure(toAppError(thrown), { profile: name, environment }), profile }
    }
  }

  /**
   * @param url a request's path and query; a secret in the query is not looked for
   * @param opened called, before anything is waited for, where the secret opens a profile
   */
  return async function route(
    { url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>,
    opened: () => void,
  ): Promise<Routed> {
    const at = url.indexOf('?')
    const path = at === -1 ? url : url.slice(0, at)
    if (path === '/healthz') return { answer: success({ status: 'ok' }), profile: null }
    if (path === '/openapi.json') return { answer: success(OPENAPI), profile: null }

    // Before the route is looked up: who may not ask is not told what there is.
    const [, secret] = BEARER.exec(headers.authorization ?? '') ?? []
    const profile = secret === undefined ? null : source.opens(secret)
    if (secret === undefined || !profile) {
      if (wrongSecrets.waitMs() > 0) return tooMany(wrongSecrets, null)
      wrongSecrets.take()
      return refuse('secret_wrong')
    }
    opened()
    if (path === '/docusignAuthkey' || path === '/docusignAuthKey') return token(profile, secret)
    if (path === '/v1/profiles') {
      const { name, environment } = profile
      const tokenPath = `/v1/profiles/${encodeURIComponent(name)}/token`
      return { answer: success({ profiles: [{ name, environment, tokenPath }] }), profile }
    }
    const [, wanted] = TOKEN_OF.exec(path) ?? []
    if (wanted === undefined) return refuse('route_unknown', profile)
    // Whether another profile of that name exists is not told.
    return isNamed(profile, wanted) ? token(profile, secret) : refuse('profile_not_served', profile)
  }
}

function isNamed({ name }: SourceProfile, encoded: string): boolean {
  try {
    return decodeURIComponent(encoded).toLowerCase() === name.toLowerCase()
  } catch {
    return false
  }
}
