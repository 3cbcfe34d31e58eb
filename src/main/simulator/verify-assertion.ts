import { verify } from 'node:crypto'
import { SCOPE_PRESETS } from '../../shared/scopes.js'
import type { RegisteredApp, Registry } from './registry.js'

/** An error answer as Docusign words it. */
export interface Refusal {
  readonly error: string
  readonly error_description?: string
}

export interface VerifiedAssertion {
  readonly integrationKey: string
  /** `null` for an application grant. */
  readonly userId: string | null
  readonly scopes: readonly string[]
}

const KNOWN_SCOPES = new Set([
  ...SCOPE_PRESETS.flatMap(({ scopes }) => scopes),
  ...['signature', 'impersonation', 'extended', 'cors', 'openid'],
])
const MAX_ASSERTION_LIFE_S = 3600
const LEEWAY_S = 60

const refuse = (error: string, error_description?: string): Refusal =>
  error_description === undefined ? { error } : { error, error_description }

/**
 * Checks a JWT bearer assertion as RFC 7523 section 3 asks and answers as Docusign does.
 *
 * @param host what `aud` must be: bare, no scheme, no slash
 * @param nowS this server's clock, seconds
 */
export function verifyAssertion(
  assertion: string,
  registry: Registry,
  host: string,
  nowS: number,
): VerifiedAssertion | Refusal {
  const [header64 = '', payload64 = '', signature64 = '', ...more] = assertion.split('.')
  const header = decode(header64)
  const claims = decode(payload64)
  if (!header || !claims || more.length > 0) return refuse('invalid_request', 'assertion is not a JWT')
  const app = typeof claims.iss === 'string' ? registry.find(claims.iss) : undefined
  if (!app) return refuse('invalid_grant', 'issuer_not_found')
  if (claims.aud !== host || header.alg !== 'RS256' || !isSigned(app, `${header64}.${payload64}`, signature64)) {
    return refuse('invalid_grant', 'no_valid_keys_or_signatures')
  }
  if (typeof claims.exp !== 'number') return refuse('invalid_request', 'exp is required')
  if (claims.exp < nowS - LEEWAY_S) return refuse('invalid_grant', 'expired_grant')
  if (claims.exp > nowS + MAX_ASSERTION_LIFE_S + LEEWAY_S) return refuse('invalid_grant', 'no_valid_keys_or_signatures')
  const { sub } = claims
  if (sub !== undefined && (typeof sub !== 'string' || !app.userIds.has(sub.toLowerCase()))) {
    return refuse('invalid_grant', 'user_not_found')
  }
  const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ').filter(Boolean) : []
  if (scopes.length === 0 || scopes.some((scope) => !KNOWN_SCOPES.has(scope))) return refuse('invalid_scope')
  return { integrationKey: String(claims.iss), userId: sub ?? null, scopes }
}

function isSigned(app: RegisteredApp, signed: string, signature64: string): boolean {
  const signature = Buffer.from(signature64, 'base64url')
  return app.publicKeys.some((key) => verify('RSA-SHA256', Buffer.from(signed), key, signature))
}

function decode(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
