import { EventEmitter } from 'node:events'

/**
 * Makes any property that a stand-in lacks throw by name: the browser host never pretends to be more of Electron
 * than it is.
 */
export function guard<T extends object>(name: string, target: T): T {
  const missing = (key: string) => new Error(`${name}.${key} is not in the browser host`)
  return new Proxy(target, {
    get(object, key, receiver) {
      if (key in object || typeof key === 'symbol' || LANGUAGE_PROBES.has(key))
        return Reflect.get(object, key, receiver)
      throw missing(key)
    },
    set(object, key, value, receiver) {
      if (key in object || typeof key === 'symbol') return Reflect.set(object, key, value, receiver)
      throw missing(key)
    },
  })
}

/** Asked for by `await` and `JSON.stringify`, not by the app. */
const LANGUAGE_PROBES = new Set(['then', 'toJSON'])

interface Listening {
  on: unknown
  once: unknown
  off: unknown
  removeListener: unknown
}
type Listener = (...args: unknown[]) => void

export interface Events<T extends Listening> {
  /** Says whether anyone listened. */
  emit(event: string, ...args: unknown[]): boolean
  readonly methods: Pick<T, 'on' | 'once' | 'off' | 'removeListener'>
}

/** The listening part of a stand-in. An event that the host does not know of throws, or the app would wait in vain. */
export function events<T extends Listening>(name: string, known: readonly string[]): Events<T> {
  const emitter = new EventEmitter()
  const method = (verb: 'on' | 'once' | 'off') =>
    function listen(this: unknown, event: string, listener: Listener) {
      if (!known.includes(event)) throw new Error(`The event '${event}' of ${name} is not in the browser host`)
      emitter[verb](event, listener)
      return this
    }
  const methods = { on: method('on'), once: method('once'), off: method('off'), removeListener: method('off') }
  return {
    emit: (event, ...args) => emitter.emit(event, ...args),
    // Electron declares one overload per event; one function that takes them all cannot be compared with that.
    methods: methods as unknown as Events<T>['methods'],
  }
}

/** An event as Electron's: the app may forbid what it announces. */
export function cancelable<T extends object>(
  details: T,
): T & { readonly defaultPrevented: boolean; preventDefault(): void } {
  let prevented = false
  return Object.defineProperties(details, {
    defaultPrevented: { get: () => prevented, enumerable: true },
    preventDefault: {
      value: () => {
        prevented = true
      },
    },
  }) as T & { readonly defaultPrevented: boolean; preventDefault(): void }
}
