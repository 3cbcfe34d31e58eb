import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { ErrorCode } from '../../shared/result.js'

/** What this app's servers for this computer have in common. */

/** Asking takes a few hundred bytes at once; who is larger or slower is no client of theirs. Bytes, and milliseconds. */
export const LOCAL_LIMITS = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 5000,
  connectionsCheckingInterval: 1000,
} as const

/**
 * A connection on which nothing moves is closed after this, milliseconds. A token may take three requests of 15 s each,
 * and the account another.
 */
export const SILENT_MS = 90_000

/** RFC 9112 section 6.3 */
export const announcesBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'

/** In constant time, whatever the lengths. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

/** Who is connected and has not shown a secret. */
export interface Strangers {
  /** Sees to it that they keep nobody out of this server. */
  watch(server: Server): void
  /** The client of this connection has shown the secret: he is none any more. */
  recognise(socket: Socket): void
}

/**
 * Whoever comes without a secret must not keep out who has it, by whatever means he stays: where there is no room the
 * stranger who came first is shown out.
 * @param most connections, of all servers that are watched together
 */
export function createStrangers(most: number): Strangers {
  const strangers = new Set<Socket>()
  const take = (socket: Socket) => {
    const [first] = strangers
    if (first && strangers.size >= most) {
      strangers.delete(first)
      first.destroy()
    }
    strangers.add(socket)
    socket.once('close', () => strangers.delete(socket))
  }
  return {
    watch: (server) => void server.on('connection', take),
    recognise: (socket) => void strangers.delete(socket),
  }
}

/**
 * What Node would deal with by itself, without telling. What is no request at all, too large or too slow is answered with
 * Node's own statuses and without a word of what was sent; a tunnel is hung up on; and an expectation is left to the
 * server (RFC 9110 section 10.1.1).
 * @param note told why, of each that is refused here
 */
export function refuseUnreadable(server: Server, note: (outcome: ErrorCode) => void): void {
  server.on('clientError', ({ code }: NodeJS.ErrnoException, socket: Duplex) => {
    if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
    note(code === 'HPE_HEADER_OVERFLOW' ? 'request_too_large' : 'request_unreadable')
    const status = UNREADABLE[code ?? ''] ?? '400 Bad Request'
    // Not left half-closed: who never reads would stay.
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
  })
  server.on('connect', (_request, socket: Duplex) => {
    note('method_refused')
    socket.destroy()
  })
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
}

/** https://nodejs.org/api/http.html#event-clienterror */
const UNREADABLE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/**
 * Nothing that a browser would let a page read, or keep: no CORS header, ever.
 * @param text JSON
 */
export function sendJson(response: ServerResponse, status: number, text: string, headers: object = {}): void {
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    })
    .end(text)
}
