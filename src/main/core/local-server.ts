import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, Server } from 'node:http'

/** What this app's servers for this computer have in common. */

/** Asking takes a few hundred bytes at once; who is larger or slower is no client of theirs. Milliseconds. */
export const LOCAL_LIMITS = {
  maxHeaderSize: 8192,
  headersTimeout: 5000,
  requestTimeout: 5000,
  connectionsCheckingInterval: 1000,
} as const

/** RFC 9112 section 6.3 */
export const announcesBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'

/** In constant time, whatever the lengths. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

/**
 * Listens on one loopback address of this computer.
 * @returns `false` where this computer has no such address (IPv6 may be off)
 * @throws Error where the port cannot be had
 */
export function listenOnLoopback(server: Server, address: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    // Stays: a later error, such as too many open files, must not end the app.
    server.on('error', (error: NodeJS.ErrnoException) => {
      const absent = address === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
      return absent ? resolve(false) : reject(error)
    })
    server.listen({ port, host: address, exclusive: true }, () => resolve(true))
  })
}
