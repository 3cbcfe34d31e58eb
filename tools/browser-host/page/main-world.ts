import type { createBridgeEnd } from './bridge-end.js'
import type { PageGlobals } from './globals.js'
import type { createWire } from './wire.js'

export interface MainWorldConfig {
  readonly origin: string
  readonly eventName: string
}

/** Runs as text before the page's own scripts. Puts on `window` what the preload exposes, and nothing else. */
export function mainWorld(
  page: PageGlobals,
  config: MainWorldConfig,
  wireFormat: typeof createWire,
  bridgeEnd: typeof createBridgeEnd,
): void {
  // A preload belongs to the app's own top page only, as with nodeIntegrationInSubFrames off.
  if (page.top !== page.self || page.location.origin !== config.origin) return

  const deepFreeze = (value: unknown): unknown => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value
    for (const inner of Object.values(value)) deepFreeze(inner)
    return Object.freeze(value)
  }

  bridgeEnd(page, wireFormat, config.eventName, 'main', (key, value) => {
    if (Object.hasOwn(page, key)) return
    Object.defineProperty(page, key, { value: deepFreeze(value), enumerable: true })
  })
}
