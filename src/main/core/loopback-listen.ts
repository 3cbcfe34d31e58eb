import type { Server } from 'node:http'

/** Both: a client that says `localhost` must not find another program at one of the two, and tell it its secret. */
export const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1']

export interface Listening {
  /** Frees the port at once, also from who is connected. */
  close(): void
}

/**
 * Listens on each of these loopback addresses, with a server for each; on none where one of them cannot be had. An
 * address that this computer does not have is left out: IPv6 may be off.
 * @throws Error where the port cannot be had
 */
export async function listenOnLoopback(
  addresses: readonly string[],
  port: number,
  makeServer: () => Server,
): Promise<Listening> {
  const servers: Server[] = []
  const close = () => {
    for (const server of servers) {
      server.close()
      server.closeAllConnections()
    }
  }
  try {
    for (const address of addresses) {
      const server = makeServer()
      if (await listen(server, address, port)) servers.push(server)
    }
  } catch (thrown) {
    close()
    throw thrown
  }
  return { close }
}

function listen(server: Server, address: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    // Stays: a later error, such as too many open files, must not end the app.
    server.on('error', (error: NodeJS.ErrnoException) => {
      const absent = address === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
      return absent ? resolve(false) : reject(error)
    })
    server.listen({ port, host: address, exclusive: true }, () => resolve(true))
  })
}
