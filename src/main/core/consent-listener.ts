import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { isLoopbackHost } from '../../shared/environments.js'
import { createStrangers, isSameSecret, LOCAL_LIMITS } from './local-server.js'
import { LOOPBACK_ADDRESSES, listenOnLoopback } from './loopback-listen.js'

/** How the consent page sent the browser back. The code that comes with `granted` is never read. */
export type ConsentReturn = 'granted' | 'denied' | 'failed'

export interface ConsentListener {
  /** Settles with the first return that carries the right state; never where `close` came first. */
  readonly returned: Promise<ConsentReturn>
  /** Frees the port at once. */
  close(): void
}

const MAX_STRANGERS = 16

/** Whether the browser's return to this address can be caught: http on this computer, with a port of its own. */
export function isCatchable(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false
  const { protocol, host, port } = new URL(redirectUri)
  return protocol === 'http:' && isLoopbackHost(host) && port !== ''
}

/**
 * Waits at a loopback redirect URI (RFC 8252 section 7.3) for one return with the right `state`. Anything else is
 * refused and changes nothing: any program and any web page can reach this port.
 *
 * @param redirectUri one that `isCatchable`
 * @throws Error where the port cannot be had
 */
export async function listenForConsent(redirectUri: string, state: string): Promise<ConsentListener> {
  const { host, hostname, pathname, port } = new URL(redirectUri)
  let settle: (found: ConsentReturn) => void = () => {}
  const returned = new Promise<ConsentReturn>((resolve) => {
    settle = resolve
  })
  let answered = false

  function answer(request: IncomingMessage, response: ServerResponse): void {
    // A web page that rebinds its name to this address still sends its own name.
    if (request.headers.host?.toLowerCase() !== host) return send(response, 421, 'Not here.')
    if (request.method !== 'GET') return send(response, 405, 'Not that way.')
    const [path, ...query] = (request.url ?? '').split('?')
    if (path !== pathname) return send(response, 404, 'Not here.')
    const found = readReturn(new URLSearchParams(query.join('?')), state)
    if (!found) return send(response, 400, 'This is not the answer that Token Desk waits for.')
    if (answered) return send(response, 410, 'This answer was already given.')
    answered = true
    // Only once the page is out: the caller closes the port.
    response.once('close', () => settle(found))
    send(response, 200, PAGES[found])
  }

  const strangers = createStrangers(MAX_STRANGERS)
  const { close } = await listenOnLoopback(addressesOf(hostname), Number(port), () => {
    const server = createServer(LOCAL_LIMITS, answer)
    strangers.watch(server)
    return server
  })
  return { returned, close }
}

/** `localhost` is both: which one a browser takes is its own affair. */
function addressesOf(hostname: string): readonly string[] {
  if (hostname === 'localhost') return LOOPBACK_ADDRESSES
  return [hostname.replace(/^\[|\]$/g, '')]
}

/** RFC 6749 sections 4.1.2 and 4.1.2.1. `null` where the state is not ours, or it is neither of them. */
function readReturn(query: URLSearchParams, state: string): ConsentReturn | null {
  const given = query.getAll('state')
  if (given.length !== 1 || !isSameSecret(given[0] ?? '', state)) return null
  const error = query.get('error')
  if (error !== null) return error === 'access_denied' ? 'denied' : 'failed'
  return query.has('code') ? 'granted' : null
}

const PAGES: Readonly<Record<ConsentReturn, string>> = {
  granted: 'Consent given. You can close this page and go back to Token Desk.',
  denied: 'Access was declined. You can close this page and go back to Token Desk.',
  failed: 'There is no consent. You can close this page; Token Desk says more.',
}

function send(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      // The address of this page carries the code.
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
      Connection: 'close',
    })
    .end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Token Desk</title></head><body><main><h1>Token Desk</h1><p>${text}</p></main></body></html>`,
    )
}
