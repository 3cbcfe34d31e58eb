import type { InspectedRow, TokenInspection } from '../../shared/inspection.js'

/** Far above any token seen; what is longer is not worth taking apart. */
const MAX_PART_CHARS = 16_384
const MAX_ROWS = 40
const MAX_VALUE_CHARS = 200
/** RFC 7519 section 4.1. */
const TIMES = new Set(['exp', 'nbf', 'iat', 'auth_time'])
/** The latest time that a Date can show, seconds. */
const LATEST_S = 8.64e12

/** Takes a token apart as far as it lets itself be. Never throws, and never repeats the token or its signature. */
export function inspectToken(token: string): TokenInspection {
  const sizeBytes = Buffer.byteLength(token)
  const parts = token.split('.')
  if (parts.length !== 3) {
    return {
      sizeBytes,
      header: [],
      claims: [],
      scopes: [],
      opaque: ['It is no JWT: the whole token is opaque, which is fine. Only the server knows what it means.'],
    }
  }
  const [header, claims] = [readPart(parts[0] ?? ''), readPart(parts[1] ?? '')]
  const opaque = []
  if (!header) opaque.push('The header cannot be read.')
  if (!claims) opaque.push('The claims cannot be read: they may be encrypted or in a form of the server’s own.')
  opaque.push('The signature is not shown, and not verified here.')
  return {
    sizeBytes,
    header: rowsOf(header ?? {}),
    claims: rowsOf(claims ?? {}),
    scopes: scopesOf(claims ?? {}),
    opaque,
  }
}

function readPart(part: string): Record<string, unknown> | null {
  if (part.length > MAX_PART_CHARS || !/^[\w-]+$/.test(part)) return null
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(part, 'base64url'))
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

function rowsOf(values: Readonly<Record<string, unknown>>): InspectedRow[] {
  return Object.entries(values)
    .slice(0, MAX_ROWS)
    .map(([name, value]) => {
      const row = { name: clip(name), value: clip(textOf(value)) }
      const isTime = TIMES.has(name) && typeof value === 'number' && Math.abs(value) <= LATEST_S
      return isTime ? { ...row, atMs: value * 1000 } : row
    })
}

function scopesOf({ scope, scp, scopes }: Readonly<Record<string, unknown>>): string[] {
  const named = [scope, scp, scopes].find((value) => value !== undefined)
  const list = Array.isArray(named) ? named : typeof named === 'string' ? named.split(' ') : []
  return list
    .filter((item): item is string => typeof item === 'string' && item !== '')
    .slice(0, MAX_ROWS)
    .map(clip)
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return JSON.stringify(value) ?? ''
}

/** One line, without what could turn the writing around or hide in it. */
function clip(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\ufffd')
  return plain.length > MAX_VALUE_CHARS ? `${plain.slice(0, MAX_VALUE_CHARS)}…` : plain
}
