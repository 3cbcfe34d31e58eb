import type { ErrorCode } from '../../shared/result.js'
import { DeskError, deskError } from './desk-error.js'

/**
 * Why a request never got its answer. Node's fetch hides the cause in `error.cause.code`; Electron's `net.fetch` puts
 * Chromium's `net::ERR_*` name into the message. Only these names are looked at, and nothing of the error is kept.
 */
const BY_NAME: readonly (readonly [RegExp, ErrorCode])[] = [
  [
    /ERR_INTERNET_DISCONNECTED|ENETUNREACH|ENETDOWN|ERR_NETWORK_CHANGED|ERR_ADDRESS_UNREACHABLE|EHOSTUNREACH/,
    'offline',
  ],
  [/ENOTFOUND|EAI_AGAIN|EAI_NODATA|EAI_NONAME|ERR_NAME_|ERR_DNS_/, 'dns_failed'],
  [/ERR_CERT|ERR_SSL|ERR_TLS|CERT_|_CERT|UNABLE_TO_|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH|ERR_BAD_SSL/, 'tls_failed'],
  [/ECONNREFUSED|ERR_CONNECTION_REFUSED|ERR_PROXY_CONNECTION_FAILED|ERR_TUNNEL/, 'connection_refused'],
  [/ETIMEDOUT|ERR_TIMED_OUT|ERR_CONNECTION_TIMED_OUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT/, 'timeout'],
  // Electron rejects where Node answers 3xx: "Redirect was cancelled".
  [/[Rr]edirect/, 'not_docusign'],
]

export function networkError(thrown: unknown): DeskError {
  if (thrown instanceof DeskError) return thrown
  const names = describe(thrown)
  return deskError(BY_NAME.find(([pattern]) => pattern.test(names))?.[1] ?? 'connection_lost')
}

/** The codes and messages of an error and its causes; an AggregateError (both address families failed) too. */
function describe(thrown: unknown, depth = 0): string {
  if (!(thrown instanceof Error) || depth > 4) return ''
  const { code } = thrown as { code?: unknown }
  const inner = thrown instanceof AggregateError ? thrown.errors.map((error) => describe(error, depth + 1)) : []
  return [typeof code === 'string' ? code : '', thrown.message, ...inner, describe(thrown.cause, depth + 1)].join(' ')
}
