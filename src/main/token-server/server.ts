import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ErrorCode } from '../../shared/result.js'
import type { ServedCall } from '../core/activity.js'
import { deskError, toAppError } from '../core/desk-error.js'
import { LOCAL_LIMITS, listenOnLoopback } from '../core/local-server.js'
import { failure, send } from './answers.js'
import { createGatekeeper } from './gatekeeper.js'
import { createRoutes, type Routed, type TokenSource } from './routes.js'

export interface TokenServer {
  readonly port: number
  /** Frees the port at once. */
  close(): void
}

interface Parts {
  readonly port: number
  readonly source: TokenSource
  readonly monotonicMs: () => number
  /** Told of each call, refused ones too. */
  readonly called: (call: Omit<ServedCall, 'kind'>) => void
}

/** Milliseconds. */
const KEEP_ALIVE_MS = 5000
const MAX_CONNECTIONS = 256
const MAX_HEADERS = 64

/** Both: a client that says `localhost` must not find another program at one of the two, and tell it its secret. */
const ADDRESSES = ['127.0.0.1', '::1']

/**
 * Listens on this computer's loopback addresses.
 * @throws DeskError `port_taken`, `port_refused`
 */
export async function startTokenServer({ port, source, monotonicMs, called }: Parts): Promise<TokenServer> {
  const gatekeeper = createGatekeeper(port)
  const route = createRoutes(source, monotonicMs)

  async function routed(request: IncomingMessage): Promise<Routed> {
    const refusal = gatekeeper(request)
    if (refusal) return { answer: failure(deskError(refusal).appError), profile: null }
    try {
      return await route(request)
    } catch (thrown) {
      return { answer: failure(toAppError(thrown)), profile: null }
    }
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const beganMs = monotonicMs()
    const { answer, profile } = await routed(request)
    // What it announced and did not get to send is not waited for.
    if (answer.outcome === 'request_too_large' || answer.outcome === 'method_refused') response.shouldKeepAlive = false
    send(response, answer)
    called({ profile, outcome: answer.outcome, durationMs: monotonicMs() - beganMs })
  }

  const servers: Server[] = []
  const close = () => {
    for (const server of servers) {
      server.close()
      server.closeAllConnections()
    }
  }
  const unreadable = (outcome: ErrorCode) => called({ profile: null, outcome, durationMs: 0 })
  try {
    const options = { ...LOCAL_LIMITS, keepAliveTimeout: KEEP_ALIVE_MS }
    for (const address of ADDRESSES) {
      const server = createServer(options, (request, response) => {
        answer(request, response).catch(() => response.destroy())
      })
      server.maxConnections = MAX_CONNECTIONS
      server.maxHeadersCount = MAX_HEADERS
      server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseUnreadable(error, socket, unreadable))
      // A tunnel, or another protocol: not here.
      for (const event of ['connect', 'upgrade']) server.on(event, (_request, socket: Duplex) => socket.destroy())
      if (await listenOnLoopback(server, address, port)) servers.push(server)
    }
  } catch (thrown) {
    close()
    const { code } = thrown as NodeJS.ErrnoException
    throw deskError(code === 'EADDRINUSE' ? 'port_taken' : 'port_refused')
  }
  return { port, close }
}

/** What is no request at all, too large or too slow: Node's own statuses, without a word of what was sent. */
function refuseUnreadable({ code }: NodeJS.ErrnoException, socket: Duplex, note: (code: ErrorCode) => void): void {
  if (code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  note(code === 'HPE_HEADER_OVERFLOW' ? 'request_too_large' : 'bad_request')
  const status = UNREADABLE[code ?? ''] ?? '400 Bad Request'
  // Not left half-closed: who never reads would keep the connection, and with enough of them everybody out.
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
}

/** https://nodejs.org/api/http.html#event-clienterror */
const UNREADABLE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

const OFFERED_AT_MOST = 50

/** The next port after `port` that nobody holds now; `null` where there is none near. */
export async function nextFreePort(port: number): Promise<number | null> {
  for (let next = port + 1; next <= Math.min(65_535, port + OFFERED_AT_MOST); next += 1)
    if (await isFree(next)) return next
  return null
}

async function isFree(port: number): Promise<boolean> {
  const probes: Server[] = []
  try {
    for (const address of ADDRESSES) {
      const probe = createServer()
      if (await listenOnLoopback(probe, address, port)) probes.push(probe)
    }
    return true
  } catch {
    return false
  } finally {
    await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))))
  }
}
