import type { createBridgeEnd } from './bridge-end.js'
import type { PageGlobals } from './globals.js'
import type { createWire, Wire } from './wire.js'

export interface IsolatedWorldConfig {
  readonly origin: string
  readonly eventName: string
  /** The function that Chromium adds to this world only, and through which this world speaks to Node. */
  readonly binding: string
  /** The function that this world offers to Node. */
  readonly deliver: string
}

export type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: readonly Wire[] }
  | { readonly kind: 'send'; readonly channel: string; readonly args: readonly Wire[] }
  | { readonly kind: 'theme'; readonly dark: boolean }
  | { readonly kind: 'focus' }
  | { readonly kind: 'visibility'; readonly hidden: boolean }
export type ToPage =
  | { readonly kind: 'reply'; readonly id: number; readonly ok: boolean; readonly value: Wire }
  | { readonly kind: 'event'; readonly channel: string; readonly args: readonly Wire[] }

type Preload = (require: (name: string) => unknown, module: { exports: object }, exports: object) => void
type Listener = (event: object, ...args: unknown[]) => void

/** Runs as text in the isolated world: gives the built preload its `require('electron')`, then runs it. */
export function isolatedWorld(
  page: PageGlobals,
  config: IsolatedWorldConfig,
  wireFormat: typeof createWire,
  bridgeEnd: typeof createBridgeEnd,
  preload: Preload,
): void {
  if (page.top !== page.self || page.location.origin !== config.origin) return
  const globals = page as unknown as Record<string, unknown>
  const binding = globals[config.binding] as (text: string) => void
  const tell = (message: FromPage) => binding(JSON.stringify(message))
  const wire = wireFormat()
  const bridge = bridgeEnd(page, wireFormat, config.eventName, 'isolated', () => {})

  const waiting = new Map<number, { resolve(value: unknown): void; reject(reason: unknown): void }>()
  const listeners = new Map<string, Listener[]>()
  let calls = 0

  const add = (channel: string, listener: Listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
    return ipcRenderer
  }
  const remove = (channel: string, listener: Listener) => {
    const left = (listeners.get(channel) ?? []).slice()
    const at = left.lastIndexOf(listener)
    if (at >= 0) left.splice(at, 1)
    listeners.set(channel, left)
    return ipcRenderer
  }
  const strict = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(object, key) {
        if (typeof key === 'symbol' || key in object) return Reflect.get(object, key)
        throw new Error(`electron.${name}${key} is not in the browser host`)
      },
    })

  const ipcRenderer: object = strict('ipcRenderer.', {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        tell({ kind: 'invoke', id: ++calls, channel, args: args.map(wire.encode) })
        waiting.set(calls, { resolve, reject })
      }),
    send: (channel: string, ...args: unknown[]) => tell({ kind: 'send', channel, args: args.map(wire.encode) }),
    on: add,
    addListener: add,
    off: remove,
    removeListener: remove,
    once(channel: string, listener: Listener) {
      const single: Listener = (...args) => {
        remove(channel, single)
        listener(...args)
      }
      return add(channel, single)
    },
  })
  const contextBridge = strict('contextBridge.', {
    exposeInMainWorld: (key: string, value: unknown) => bridge.expose(key, value),
  })
  const electron = strict('', { contextBridge, ipcRenderer })

  globals[config.deliver] = (text: string) => {
    const message = JSON.parse(text) as ToPage
    if (message.kind === 'event') {
      const args = message.args.map(wire.decode)
      for (const listener of listeners.get(message.channel) ?? []) listener({ sender: ipcRenderer }, ...args)
      return
    }
    const call = waiting.get(message.id)
    waiting.delete(message.id)
    call?.[message.ok ? 'resolve' : 'reject'](wire.decode(message.value))
  }

  // What Electron's main process knows about its window, and Node can only learn from the page.
  const dark = page.matchMedia('(prefers-color-scheme: dark)')
  dark.addEventListener('change', () => tell({ kind: 'theme', dark: dark.matches }))
  page.addEventListener('focus', () => tell({ kind: 'focus' }))
  page.document.addEventListener('visibilitychange', () => tell({ kind: 'visibility', hidden: page.document.hidden }))

  const require = (name: string) => {
    if (name === 'electron') return electron
    throw new Error(`A preload script has no module ${name} in the browser host`)
  }
  const module = { exports: {} }
  preload(require, module, module.exports)
}
