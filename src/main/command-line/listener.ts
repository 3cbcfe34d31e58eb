import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type DeskError, deskError } from '../core/desk-error.js'
import { announcesBody, isSameSecret, LOCAL_LIMITS } from '../core/local-server.js'

export interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Why it must not be answered, whatever it asks for. */
  readonly refusal: DeskError | null
}

export interface Answer {
  readonly status: number
  readonly body: unknown
  /** Runs once the answer is out. */
  readonly afterwards?: () => void
}

export interface Listener {
  /** Frees the address at once. */
  close(): void
}

const MAX_CONNECTIONS = 32

/**
 * HTTP/1.1 on a socket or pipe.
 * @param answer never throws
 * @throws Error where the address cannot be had
 */
export async function listenAt(
  address: string,
  secret: string,
  answer: (call: Call) => Promise<Answer>,
): Promise<Listener> {
  const server = createServer({ ...LOCAL_LIMITS, keepAlive: false }, (request, response) => {
    const [path = '', ...query] = (request.url ?? '').split('?')
    const call: Call = {
      method: request.method ?? '',
      path,
      query: new URLSearchParams(query.join('?')),
      refusal: refusalOf(request, secret),
    }
    void answer(call).then((given) => send(response, given))
  })
  server.maxConnections = MAX_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    // Stays: a later error, such as too many open files, must not end the app.
    server.on('error', reject)
    server.listen(address, resolve)
  })
  return {
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function refusalOf({ headers }: IncomingMessage, secret: string): DeskError | null {
  // No page can reach a socket; one that found a way would say where it comes from.
  if (headers.origin !== undefined) return deskError('origin_refused')
  if (!isSameSecret(headers.authorization ?? '', `Bearer ${secret}`)) {
    return deskError('secret_wrong', {
      message: 'The caller does not hold the secret of this run of Token Desk.',
      hint: 'Use the tokendesk command: it reads the secret from the data folder.',
    })
  }
  return announcesBody(headers) ? deskError('request_too_large') : null
}

function send(response: ServerResponse, { status, body, afterwards }: Answer): void {
  if (afterwards) response.once('close', afterwards)
  response
    .writeHead(status, {
      'Content-Type': 'application/json; charset=utf-8',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      Connection: 'close',
    })
    .end(JSON.stringify(body))
}
