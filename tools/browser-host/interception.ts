import { seenByApp, toAppUrl, toBrowserUrl } from './app-url.js'
import type { Cdp, Protocol } from './cdp-pipe.js'
import { inBackground } from './lifecycle.js'
import { protocolHandler } from './protocol.js'
import { complain } from './say.js'

export type Paused = Protocol.Fetch.requestPausedPayload
type Refusal = Protocol.Network.ErrorReason

/**
 * Every request of the page stops here, before names are resolved or the network is asked. The app's own protocol
 * handler answers, with its own headers; what is not the app's is refused.
 */
export async function intercept(page: Cdp, judge: (request: Paused) => Refusal | null): Promise<void> {
  page.on('Fetch.requestPaused', (request) => inBackground('A request of the page', answer(page, request, judge)))
  await page.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
}

async function answer(page: Cdp, paused: Paused, judge: (request: Paused) => Refusal | null): Promise<void> {
  const { requestId } = paused
  const refuse = (errorReason: Refusal) => page.send('Fetch.failRequest', { requestId, errorReason })
  const refusal = judge(paused)
  if (refusal) return void (await refuse(refusal))
  const url = toAppUrl(paused.request.url)
  // Chromium asks for an icon of its own accord; Electron does not, and a page without one would log an error.
  if (url?.endsWith('/favicon.ico') && paused.resourceType === 'Other') {
    return void (await page.send('Fetch.fulfillRequest', { requestId, responseCode: 204 }))
  }
  const handler = protocolHandler()
  if (url === null || handler === null) return void (await refuse('BlockedByClient'))

  let response: Response
  try {
    response = await handler(requestFor(url, paused))
  } catch {
    // The message may quote a path or a query of the page: only that it failed is said.
    complain('the protocol handler failed')
    return void (await refuse('Failed'))
  }
  if (response.type === 'error') return void (await refuse('Failed'))
  await page.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: response.status,
    responsePhrase: response.statusText || 'OK',
    responseHeaders: [...response.headers].map(([name, value]) => ({
      name,
      value: name === 'location' ? (toBrowserUrl(value) ?? value) : value,
    })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  })
}

function requestFor(url: string, { request }: Paused): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    // Chromium's own words for our pages; `https://token-desk.invalid/` without its path is an origin.
    const own = name.toLowerCase() === 'origin' || name.toLowerCase() === 'referer'
    headers.set(name, own ? seenByApp(value) : value)
  }
  const parts = (request.postDataEntries ?? []).map(({ bytes = '' }) => Buffer.from(bytes, 'base64'))
  const body = parts.length > 0 ? { body: Buffer.concat(parts) } : {}
  return new Request(url, { method: request.method, headers, ...body })
}
