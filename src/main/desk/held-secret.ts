import { type ClockReading, remainingMs } from '../../shared/lifetime.js'
import { SECRET_HELD_MS } from '../../shared/serving.js'
import type { Clock } from '../core/ports.js'

/** A secret that was just made, for as long as its user may still want to copy it. */
export interface HeldSecret {
  hold(profileId: string, secret: string): void
  /** `null` once it is forgotten. */
  of(profileId: string): string | null
  forget(profileId: string): void
  forgetAll(): void
}

interface Held {
  readonly profileId: string
  readonly secret: string
  readonly since: ClockReading
  readonly timer: AbortController
}

export function createHeldSecret(clock: Clock): HeldSecret {
  let held: Held | null = null
  function drop(): void {
    held?.timer.abort()
    held = null
  }
  return {
    hold(profileId, secret) {
      drop()
      const timer = new AbortController()
      held = { profileId, secret, since: clock.read(), timer }
      clock.sleep(SECRET_HELD_MS, timer.signal).then(drop, () => {})
    },
    of(profileId) {
      // A timer may stand still while the computer sleeps.
      if (held && remainingMs(SECRET_HELD_MS, held.since, clock.read()) === 0) drop()
      return held?.profileId === profileId ? held.secret : null
    },
    forget(profileId) {
      if (held?.profileId === profileId) drop()
    },
    forgetAll: drop,
  }
}
