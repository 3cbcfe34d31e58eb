import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from './ports.js'

export const systemClock: Clock = {
  read: () => ({ wallMs: Date.now(), monotonicMs: performance.now() }),
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
}
