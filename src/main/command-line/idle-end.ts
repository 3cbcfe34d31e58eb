import { remainingMs } from '../../shared/lifetime.js'
import type { Clock } from '../core/ports.js'

export interface IdleEnd {
  /** The app was used just now. */
  touch(): void
  stop(): void
}

interface Parts {
  readonly clock: Clock
  /** Whether nobody needs the app but who calls it. */
  readonly mayEnd: () => boolean
  readonly end: () => void
  /** Milliseconds. */
  readonly idleMs?: number
  readonly lookEveryMs?: number
}

/** Whoever was started unseen must not stay for ever: half an hour, milliseconds. */
const IDLE_MS = 30 * 60_000
const LOOK_EVERY_MS = 30_000

/** Ends a windowless app that nobody has called for half an hour. */
export function createIdleEnd({ clock, mayEnd, end, idleMs = IDLE_MS, lookEveryMs = LOOK_EVERY_MS }: Parts): IdleEnd {
  let usedAt = clock.read()
  const timer = setInterval(() => {
    // What may not end now begins its half hour anew.
    if (!mayEnd()) usedAt = clock.read()
    else if (remainingMs(idleMs, usedAt, clock.read()) === 0) end()
  }, lookEveryMs)
  timer.unref()
  return {
    touch() {
      usedAt = clock.read()
    },
    stop: () => clearInterval(timer),
  }
}
