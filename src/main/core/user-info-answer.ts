import type { AccountView } from '../../shared/account.js'
import { isLoopbackHost } from '../../shared/environments.js'
import { deskError } from './desk-error.js'

/** Whom a token acts for. */
export interface UserInfo {
  readonly name: string
  readonly email: string
  readonly accounts: readonly AccountView[]
  /** How many accounts of the answer are not in `accounts`. */
  readonly leftOut: number
}

const MAX_ACCOUNTS = 1000
const MAX_TEXT_CHARS = 320

/**
 * Reads what `GET /oauth/userinfo` answered. An account whose id or base URI is not sound is left out: both end up in
 * other people's commands and requests.
 *
 * @throws DeskError `not_docusign` where it is no JSON, `user_info_unusable` where it names no user
 */
export function readUserInfo(text: string, oauthHost: string): UserInfo {
  const { sub, name, email, accounts } = parse(text)
  if (typeof sub !== 'string' || sub === '') throw deskError('user_info_unusable')
  const listed = Array.isArray(accounts) ? accounts : []
  const byId = new Map<string, AccountView>()
  for (const entry of listed) {
    const account = byId.size < MAX_ACCOUNTS ? readAccount(entry, oauthHost) : null
    if (account && !byId.has(account.id)) byId.set(account.id, account)
  }
  return { name: plain(name), email: plain(email), accounts: [...byId.values()], leftOut: listed.length - byId.size }
}

function parse(text: string): Record<string, unknown> {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw deskError('not_docusign')
  }
  if (typeof body !== 'object' || body === null) throw deskError('user_info_unusable')
  return body as Record<string, unknown>
}

function readAccount(entry: unknown, oauthHost: string): AccountView | null {
  if (typeof entry !== 'object' || entry === null) return null
  const raw = entry as Record<string, unknown>
  const baseUri = readBaseUri(raw.base_uri, oauthHost)
  if (typeof raw.account_id !== 'string' || !/^[0-9A-Za-z-]{1,64}$/.test(raw.account_id) || !baseUri) return null
  return {
    id: raw.account_id,
    name: plain(raw.account_name),
    // A boolean on the wire, a string after docusign-esign has parsed it; the string 'false' would be truthy.
    isDefault: raw.is_default === true || raw.is_default === 'true',
    baseUri,
    restBasePath: `${baseUri}/restapi`,
  }
}

/** An https origin and nothing else; http only on this computer, and only where the answer itself came from it. */
function readBaseUri(value: unknown, oauthHost: string): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null
  const { protocol, host, origin, href } = new URL(value)
  const local = protocol === 'http:' && isLoopbackHost(host) && isLoopbackHost(oauthHost)
  return (protocol === 'https:' || local) && href === `${origin}/` ? origin : null
}

/** One bounded line, without characters that are invisible or turn the text around. */
function plain(value: unknown): string {
  if (typeof value !== 'string') return ''
  return value
    .slice(0, MAX_TEXT_CHARS)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
}
