import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { CDPSession } from 'playwright-core'
// The package declares this file's types but does not export them by name.
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.js'

export type { Protocol }

/** One conversation with Chromium, typed by Playwright's copy of the protocol. */
export type Cdp = Pick<CDPSession, 'send' | 'on' | 'off' | 'once'>

export interface CdpPipe {
  /** The browser itself, outside any page. */
  readonly browser: Cdp
  attach(targetId: string): Promise<Cdp>
}

interface Incoming {
  readonly id?: number
  readonly sessionId?: string
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

/**
 * The DevTools protocol over `--remote-debugging-pipe`: JSON messages that end in a zero byte.
 *
 * Not Playwright's own connection: it would attach to every window, the sign-in pages of `shell.openExternal` too, and
 * a Chromium with a debugging port would outlive a killed host. A pipe closes with us, and Chromium closes with it.
 * https://chromium.googlesource.com/chromium/src/+/main/content/browser/devtools/devtools_pipe_handler.cc
 */
export function connectPipe(toChromium: Writable, fromChromium: Readable): CdpPipe {
  const pending = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void; method: string }>()
  const sessions = new Map<string, EventEmitter>()
  let lastId = 0
  let gone = false
  let rest: Buffer = Buffer.alloc(0)

  fromChromium.on('data', (chunk: Buffer) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let end = rest.indexOf(0)
    while (end >= 0) {
      receive(JSON.parse(rest.toString('utf8', 0, end)) as Incoming)
      rest = rest.subarray(end + 1)
      end = rest.indexOf(0)
    }
  })
  fromChromium.on('close', close)
  fromChromium.on('error', close)
  toChromium.on('error', close)

  function close(): void {
    gone = true
    for (const { reject } of pending.values()) reject(new Error('Chromium is gone'))
    pending.clear()
  }

  function receive(message: Incoming): void {
    if (message.id === undefined) {
      if (message.method) sessions.get(message.sessionId ?? '')?.emit(message.method, message.params)
      return
    }
    const call = pending.get(message.id)
    pending.delete(message.id)
    if (message.error) call?.reject(new Error(`${call.method}: ${message.error.message}`))
    else call?.resolve(message.result)
  }

  function session(sessionId: string): Cdp {
    const emitter = new EventEmitter()
    sessions.set(sessionId, emitter)
    const send = (method: string, params: object = {}) =>
      new Promise((resolve, reject) => {
        if (gone) return reject(new Error('Chromium is gone'))
        pending.set(++lastId, { resolve, reject, method })
        const address = sessionId ? { sessionId } : {}
        toChromium.write(`${JSON.stringify({ id: lastId, method, params, ...address })}\0`)
      })
    return Object.assign(emitter, { send }) as unknown as Cdp
  }

  const browser = session('')
  return {
    browser,
    async attach(targetId) {
      const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true })
      return session(sessionId)
    },
  }
}
