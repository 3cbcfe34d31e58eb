import type { AppError, ErrorCode } from '../../shared/result.js'
import type { TokenFacts } from '../core/token-facts.js'

/** One answer, before it is sent. */
export interface Answer {
  readonly status: number
  readonly body: object
  readonly outcome: 'ok' | ErrorCode
  readonly headers?: Readonly<Record<string, string>>
}

/** Statuses of refusals. Whatever else keeps a token from being had is 500, as clients of the original expect. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  request_unreadable: 400,
  secret_wrong: 401,
  origin_refused: 403,
  profile_not_served: 403,
  production_not_served: 403,
  route_unknown: 404,
  method_refused: 405,
  request_too_large: 413,
  host_refused: 421,
  too_many_calls: 429,
}

const EXTRA: Partial<Record<ErrorCode, Readonly<Record<string, string>>>> = {
  // RFC 6750 section 3
  secret_wrong: { 'WWW-Authenticate': 'Bearer realm="Token Desk"' },
  method_refused: { Allow: 'GET' },
}

/** The fields of the original route; `code` and `hint` say what it kept to itself. */
export function failure({ code, message, hint, retryAfterMs }: AppError, whose: object = {}): Answer {
  const status = STATUS[code] ?? 500
  const error = status === 500 ? 'Failed to obtain JWT token' : message
  // Where the original's words are given, what happened is told with what to do about it.
  const told = status === 500 ? [message, hint].filter(Boolean).join(' ') : (hint ?? message)
  const wait = retryAfterMs === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) }
  return {
    status,
    outcome: code,
    body: { success: false, error, code, hint: told, ...whose },
    headers: { ...EXTRA[code], ...wait },
  }
}

export const success = (body: object): Answer => ({ status: 200, outcome: 'ok', body })

export function tokenAnswer(facts: TokenFacts): Answer {
  return success({
    success: true,
    message: 'JWT Token obtained successfully',
    token: facts.accessToken,
    expiresAt: Math.round(facts.expiresAtMs),
    environment: facts.environment,
    profile: facts.profileName,
    basePath: facts.restBasePath,
    accountId: facts.accountId,
  })
}
