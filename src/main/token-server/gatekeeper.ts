import type { IncomingMessage } from 'node:http'
import type { ErrorCode } from '../../shared/result.js'
import { announcesBody } from '../core/local-server.js'

/** Why a request is refused whoever sends it; `null` where it may go on to be asked for its secret. */
export type Gatekeeper = (request: IncomingMessage) => Refusal | null
export type Refusal = Extract<
  ErrorCode,
  'request_unreadable' | 'host_refused' | 'origin_refused' | 'method_refused' | 'request_too_large'
>

const MAX_HEADERS = 64

/** @param port where the server listens */
export function createGatekeeper(port: number): Gatekeeper {
  const names = ['127.0.0.1', 'localhost', '[::1]']
  // RFC 9110 section 7.2: the port is left out where it is the scheme's own.
  const hosts = new Set(names.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]))
  return ({ headers, rawHeaders, method }) => {
    if (rawHeaders.length > 2 * MAX_HEADERS) return 'request_too_large'
    // RFC 9112 section 3.2
    if (headers.host === undefined) return 'request_unreadable'
    // A web page that rebinds its name to this address still sends its own name. https://owasp.org/www-community/attacks/DNS_Rebinding
    if (!hosts.has(headers.host.toLowerCase()) || countOf('host', rawHeaders) !== 1) return 'host_refused'
    // Programs send neither. A page of another port on this computer is `same-site`, and no less foreign.
    // https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header
    const site = headers['sec-fetch-site']
    if (headers.origin !== undefined || (site !== undefined && site !== 'none')) return 'origin_refused'
    if (method !== 'GET') return 'method_refused'
    return announcesBody(headers) ? 'request_too_large' : null
  }
}

/** Node keeps the first of several `Host` lines and says nothing of the others. */
function countOf(name: string, rawHeaders: readonly string[]): number {
  let count = 0
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === name) count += 1
  return count
}
