import type { PageGlobals } from './globals.js'
import type { createWire, Wire } from './wire.js'

export type World = 'main' | 'isolated'

export interface BridgeEnd {
  /** Shows a value to the other world under a name. */
  expose(key: string, value: unknown): void
}

type Message =
  | { readonly kind: 'ready' }
  | { readonly kind: 'expose'; readonly key: string; readonly value: Wire }
  | { readonly kind: 'call'; readonly id: number; readonly args: readonly Wire[] }
  | { readonly kind: 'settle'; readonly id: number; readonly ok: boolean; readonly value: Wire }
type Reply = { readonly ok: boolean; readonly value: Wire }

/**
 * One end of the contextBridge; each world of the page runs it as text, so it uses nothing outside its own body.
 *
 * The worlds share the DOM but no object. An event whose detail is a string crosses, and is dispatched synchronously,
 * so a call has its answer when `dispatchEvent` returns: `api.on()` can return its unsubscribe function at once.
 * Events are named at random per launch. Should a page script learn the name, it can ask for what `window.api` already
 * gives it and no more: only functions that were exposed have a number to call them by.
 *
 * Exported functions are kept until the document goes: the app has one page and few listeners.
 */
export function createBridgeEnd(
  page: PageGlobals,
  wireFormat: typeof createWire,
  eventName: string,
  here: World,
  received: (key: string, value: unknown) => void,
): BridgeEnd {
  // Page scripts that run later may replace these; keep the originals.
  const { parse, stringify } = JSON
  const { CustomEvent } = page
  const dispatch = page.dispatchEvent.bind(page)
  const there: World = here === 'main' ? 'isolated' : 'main'

  type AnyFunction = (...args: unknown[]) => unknown
  const exported: AnyFunction[] = []
  const numbers = new Map<AnyFunction, number>()
  const imported = new Map<number, AnyFunction>()
  const pending = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>()
  const exposed = new Map<string, unknown>()
  let promises = 0
  let reply: Reply | undefined

  const wire = wireFormat({
    exportFunction(value) {
      const known = numbers.get(value)
      if (known !== undefined) return known
      numbers.set(value, exported.push(value) - 1)
      return exported.length - 1
    },
    importFunction(id) {
      const known = imported.get(id)
      if (known) return known
      const made: AnyFunction = (...args) => {
        const answer = send({ kind: 'call', id, args: args.map(wire.encode) })
        if (!answer) throw new Error('The other side of the bridge is gone')
        const value = wire.decode(answer.value)
        if (answer.ok) return value
        throw value
      }
      imported.set(id, made)
      return made
    },
    exportPromise(value) {
      const id = ++promises
      const settle = (ok: boolean) => (outcome: unknown) => {
        send({ kind: 'settle', id, ...attempt(() => outcome, ok) })
      }
      value.then(settle(true), settle(false))
      return id
    },
    importPromise: (id) => new Promise((resolve, reject) => pending.set(id, { resolve, reject })),
  })

  /** What `run` gives, ready to cross; also when it throws, or gives what cannot cross. */
  function attempt(run: () => unknown, ok = true): Reply {
    try {
      return { ok, value: wire.encode(run()) }
    } catch (thrown) {
      const safe = thrown instanceof Error ? thrown : new Error(String(thrown))
      return { ok: false, value: wire.encode(safe) }
    }
  }

  function send(message: Message): Reply | undefined {
    reply = undefined
    dispatch(new CustomEvent(`${eventName}-${there}`, { detail: stringify(message) }))
    const answer = reply
    reply = undefined
    return answer
  }

  function receive(message: Message): Reply | undefined {
    if (message.kind === 'call') {
      const run = exported[message.id]
      return attempt(() => run?.(...message.args.map(wire.decode)))
    }
    if (message.kind === 'settle') {
      const waiting = pending.get(message.id)
      pending.delete(message.id)
      waiting?.[message.ok ? 'resolve' : 'reject'](wire.decode(message.value))
    }
    if (message.kind === 'expose') received(message.key, wire.decode(message.value))
    // The other world came second: tell it again what it could not hear.
    if (message.kind === 'ready') for (const [key, value] of exposed) show(key, value)
    return undefined
  }

  function show(key: string, value: unknown): void {
    send({ kind: 'expose', key, value: wire.encode(value) })
  }

  page.addEventListener(`${eventName}-${here}`, (event) => {
    const answer = receive(parse(event.detail))
    if (answer) dispatch(new CustomEvent(`${eventName}-${there}-reply`, { detail: stringify(answer) }))
  })
  page.addEventListener(`${eventName}-${here}-reply`, (event) => {
    reply = parse(event.detail)
  })
  send({ kind: 'ready' })

  return {
    expose(key, value) {
      exposed.set(key, value)
      show(key, value)
    },
  }
}
