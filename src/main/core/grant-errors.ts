import type { ErrorCode } from '../../shared/result.js'
import { DeskError, deskError } from './desk-error.js'

/** What came back from `POST /oauth/token`. `text` may hold anything and goes no further than this file. */
export interface ServerAnswer {
  readonly status: number
  readonly text: string
  /** The `Date` header, RFC 9110 section 6.6.1. */
  readonly date: string | null
  /** The `Retry-After` header, RFC 9110 section 10.2.3. */
  readonly retryAfter: string | null
  readonly traceToken: string | null
}

/** Docusign's own allowance is unknown; the answers show that a few minutes are too much. */
const SKEW_TOLERATED_MS = 120_000
const DEFAULT_RETRY_AFTER_MS = 60_000

const BY_DESCRIPTION: readonly (readonly [RegExp, ErrorCode])[] = [
  [/issuer_not_found/i, 'issuer_not_found'],
  [/user_not_found|invalid_subject/i, 'user_not_found'],
  [/no_valid_keys_or_signatures/i, 'signature_rejected'],
  [/expired_grant/i, 'assertion_expired'],
]

const BY_ERROR: Readonly<Record<string, ErrorCode>> = {
  consent_required: 'consent_required',
  invalid_grant: 'grant_rejected',
  invalid_scope: 'scope_rejected',
  invalid_client: 'client_rejected',
  unauthorized_client: 'client_rejected',
  unsupported_grant_type: 'request_malformed',
  invalid_request: 'request_malformed',
}

/**
 * Reads an answer that is not a token. RFC 6749 section 5.2 gives the shape `{error, error_description?}`; the
 * descriptions are Docusign's.
 *
 * @param nowMs the wall clock when the answer was read, milliseconds
 */
export function grantError(answer: ServerAnswer, nowMs: number): DeskError {
  const { appError } = refusalOf(answer, nowMs)
  return new DeskError(answer.traceToken === null ? appError : { ...appError, traceToken: answer.traceToken })
}

function refusalOf(answer: ServerAnswer, nowMs: number): DeskError {
  if (answer.status === 429) return rateLimited(answer, nowMs)
  if (answer.status >= 500) return deskError('provider_unavailable')
  const body = parse(answer.text)
  if (!body) return deskError('not_docusign')
  const code = codeOf(body)
  if (!code) return deskError('grant_rejected')
  if (code === 'signature_rejected' || code === 'assertion_expired') return clockOr(code, answer, nowMs)
  return deskError(code)
}

function codeOf(body: { error: string; description: string }): ErrorCode | undefined {
  if (body.error === 'invalid_grant') {
    return BY_DESCRIPTION.find(([pattern]) => pattern.test(body.description))?.[1] ?? 'grant_rejected'
  }
  return Object.hasOwn(BY_ERROR, body.error) ? BY_ERROR[body.error] : undefined
}

function parse(text: string): { error: string; description: string } | null {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null) return null
    const { error, error_description: description } = body as Record<string, unknown>
    if (typeof error !== 'string') return null
    return { error, description: typeof description === 'string' ? description : '' }
  } catch {
    return null
  }
}

/** A wrong clock shows as a wrong signature. The server's `Date` header tells the two apart. */
function clockOr(code: ErrorCode, answer: ServerAnswer, nowMs: number): DeskError {
  const serverMs = answer.date === null ? Number.NaN : Date.parse(answer.date)
  const aheadMs = nowMs - serverMs
  if (!(Math.abs(aheadMs) > SKEW_TOLERATED_MS)) return deskError(code)
  const minutes = Math.round(Math.abs(aheadMs) / 60_000)
  const amount = minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`
  return deskError('clock_skewed', {
    message: `This computer’s clock is ${amount} ${aheadMs > 0 ? 'ahead' : 'behind'}, so Docusign refuses the signed request.`,
  })
}

export function rateLimited(answer: Pick<ServerAnswer, 'retryAfter'>, nowMs: number): DeskError {
  const retryAfterMs = readRetryAfter(answer.retryAfter, nowMs)
  const seconds = Math.ceil(retryAfterMs / 1000)
  return deskError('rate_limited', {
    message: `Docusign asks to wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'} before the next request.`,
    retryAfterMs,
  })
}

/** Seconds, or an HTTP date. Never negative and never above an hour, whatever the server says. */
function readRetryAfter(header: string | null, nowMs: number): number {
  const waitMs =
    header === null ? Number.NaN : /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs
  return Number.isFinite(waitMs) ? Math.min(3_600_000, Math.max(1000, waitMs)) : DEFAULT_RETRY_AFTER_MS
}
