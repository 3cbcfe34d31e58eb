import { remainingMs } from '../../shared/lifetime.js'
import type { Clock } from './ports.js'

export interface IdleWatch {
  /** It was used just now. */
  touch(): void
  /** How much of the idle time is left, milliseconds. */
  leftMs(): number
  stop(): void
}

interface Parts {
  readonly clock: Clock
  /** Milliseconds; asked at each look, since it may be a setting. */
  readonly idleMs: () => number
  /** Whether nobody needs it but who uses it; while somebody does the idle time begins anew. */
  readonly mayEnd?: () => boolean
  /** Called at each look from then on, until it is stopped. */
  readonly end: () => void
}

/** A timer may stand still while the computer sleeps: it is looked again and again, milliseconds. */
const LOOK_EVERY_MS = 30_000

/** Ends what nobody has used for a while. */
export function watchIdle({ clock, idleMs, mayEnd = () => true, end }: Parts): IdleWatch {
  const stopped = new AbortController()
  let usedAt = clock.read()
  const leftMs = () => remainingMs(idleMs(), usedAt, clock.read())

  async function look(): Promise<void> {
    for (;;) {
      await clock.sleep(Math.min(leftMs() || LOOK_EVERY_MS, LOOK_EVERY_MS), stopped.signal)
      if (!mayEnd()) usedAt = clock.read()
      else if (leftMs() === 0) end()
    }
  }
  // It ends by being stopped.
  look().catch(() => {})

  return {
    touch() {
      usedAt = clock.read()
    },
    leftMs,
    stop: () => stopped.abort(),
  }
}
