/** A value as JSON can carry it: a tag, then what the tag needs. Plain JSON loses `undefined`, dates, bytes, errors. */
export type Wire = readonly unknown[]

/** How the two worlds of a page hand each other functions and promises. IPC has none of these, as in Electron. */
export interface LiveValues {
  exportFunction(value: (...args: unknown[]) => unknown): number
  importFunction(id: number): unknown
  exportPromise(value: PromiseLike<unknown>): number
  importPromise(id: number): unknown
}

export interface WireFormat {
  encode(value: unknown): Wire
  decode(wire: Wire): unknown
}

/**
 * Runs in Node, and as text in both worlds of the page: it must not use anything outside its own body.
 * What it cannot carry it refuses in Electron's words, rather than dropping it.
 */
export function createWire(live?: LiveValues): WireFormat {
  const refuse = () => new Error('An object could not be cloned.')

  function encode(value: unknown, above: readonly unknown[] = []): Wire {
    if (value === undefined) return ['u']
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return ['v', value]
    if (typeof value === 'number') return Number.isFinite(value) ? ['v', value] : ['n', String(value)]
    if (typeof value === 'bigint') return ['i', String(value)]
    if (typeof value === 'function' && live) return ['f', live.exportFunction(value as () => unknown)]
    if (typeof value !== 'object' || above.includes(value)) throw refuse()
    const path = [...above, value]
    if (Array.isArray(value)) return ['a', value.map((item) => encode(item, path))]
    if (value instanceof Date) return ['d', value.getTime()]
    if (value instanceof Error) return ['e', value.name, value.message]
    if (value instanceof Uint8Array)
      return ['b', btoa(value.reduce((text, byte) => text + String.fromCharCode(byte), ''))]
    if (typeof (value as { then?: unknown }).then === 'function') {
      if (!live) throw refuse()
      return ['p', live.exportPromise(value as PromiseLike<unknown>)]
    }
    const kind = Object.prototype.toString.call(value)
    if (kind !== '[object Object]') throw refuse()
    return ['o', Object.entries(value).map(([key, item]) => [key, encode(item, path)])]
  }

  function decode(wire: Wire): unknown {
    const [tag, content, extra] = wire
    switch (tag) {
      case 'u':
        return undefined
      case 'v':
        return content
      case 'n':
        return Number(content)
      case 'i':
        return BigInt(String(content))
      case 'a':
        return (content as Wire[]).map(decode)
      case 'd':
        return new Date(Number(content))
      case 'e':
        return Object.assign(new Error(String(extra)), { name: String(content) })
      case 'b':
        return Uint8Array.from(atob(String(content)), (char) => char.charCodeAt(0))
      case 'o':
        // `fromEntries` defines properties, so that a key named `__proto__` stays a key.
        return Object.fromEntries((content as [string, Wire][]).map(([key, item]) => [key, decode(item)]))
      case 'f':
        return live?.importFunction(Number(content))
      case 'p':
        return live?.importPromise(Number(content))
      default:
        throw refuse()
    }
  }

  return { encode: (value) => encode(value), decode }
}
