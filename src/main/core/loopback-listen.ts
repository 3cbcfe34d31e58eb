import type { Server } from 'node:http'

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
