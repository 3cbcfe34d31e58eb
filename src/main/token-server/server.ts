import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { ErrorCode } from '../../shared/result.js'
import type { ServedCall } from '../core/activity.js'
import { deskError, toAppError } from '../core/desk-error.js'
import { createStrangers, LOCAL_LIMITS, refuseUnreadable, SILENT_MS, sendJson } from '../core/local-server.js'
import { LOOPBACK_ADDRESSES, listenOnLoopback } from '../core/loopback-listen.js'
import { failure } from './answers.js'
import { createGatekeeper } from './gatekeeper.js'
import { createRoutes, type Routed, type TokenSource } from './routes.js'

export interface TokenServer {
  readonly port: number
  /** Frees the port at once. */
  close(): void
}

/** Told of each call, refused ones too. */
export type Called = (call: Omit<ServedCall, 'kind'>) => void

interface Parts {
  readonly port: number
  readonly source: TokenSource
  readonly monotonicMs: () => number
  readonly called: Called
}

const KEEP_ALIVE_MS = 5000
/** Whoever has just come is one, too, until his request is read: as many as may come at once. */
const MAX_STRANGERS = 512
/** Of each of the two servers. */
const MAX_CONNECTIONS = 768

/**
 * Listens on this computer's loopback addresses.
 * @throws DeskError `port_taken`, `port_refused`
 */
export async function startTokenServer({ port, source, monotonicMs, called }: Parts): Promise<TokenServer> {
  const gatekeeper = createGatekeeper(port)
  const route = createRoutes(source, monotonicMs)
  const strangers = createStrangers(MAX_STRANGERS)
  const refused = (outcome: ErrorCode) => called({ profile: null, outcome, durationMs: 0 })

  async function routed(request: IncomingMessage, opened: () => void): Promise<Routed> {
    const refusal = gatekeeper(request)
    if (refusal) return { answer: failure(deskError(refusal).appError), profile: null }
    try {
      return await route(request, opened)
    } catch (thrown) {
      return { answer: failure(toAppError(thrown)), profile: null }
    }
  }
  async function answer(request: IncomingMessage, response: ServerResponse, opened: () => void): Promise<void> {
    const beganMs = monotonicMs()
    const { answer, profile } = await routed(request, opened)
    const { status, body, outcome, headers } = answer
    // Whoever opens nothing does not stay, nor is more read of what he may go on to send.
    if (!profile) response.shouldKeepAlive = false
    sendJson(response, status, JSON.stringify(body), headers)
    called({ profile, outcome, durationMs: monotonicMs() - beganMs })
  }

  function makeServer(): Server {
    // Without a Host it is refused by us: Node would not tell.
    const server = createServer({ ...LOCAL_LIMITS, keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false })
    server.maxConnections = MAX_CONNECTIONS
    // All of them: beyond a limit Node would drop some without a word, and with them what gives a web page away.
    server.maxHeadersCount = 0
    server.timeout = SILENT_MS
    strangers.watch(server)
    const latest = new WeakMap<Duplex, ServerResponse>()
    const take = (request: IncomingMessage, response: ServerResponse) => {
      const { socket } = request
      if (socket.destroyed) return
      if (!source.isOpen()) return void socket.destroy()
      // Programs ask one thing at a time. Who asks on without reading the answers would have us keep them all.
      if (latest.get(socket)?.writableFinished === false) {
        refused('request_unreadable')
        socket.destroy()
        return
      }
      latest.set(socket, response)
      answer(request, response, () => strangers.recognise(socket)).catch(() => response.destroy())
    }
    server.on('request', take)
    refuseUnreadable(server, refused)
    return server
  }

  try {
    const { close } = await listenOnLoopback(LOOPBACK_ADDRESSES, port, makeServer)
    return { port, close }
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException
    throw deskError(code === 'EADDRINUSE' ? 'port_taken' : 'port_refused')
  }
}
