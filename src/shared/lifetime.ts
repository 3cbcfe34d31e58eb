/**
 * How long a token has left, judged by two clocks. The wall clock jumps when it is set; the monotonic clock stands
 * still while some machines sleep. Whichever says that more time has passed is believed, so neither sleep nor a clock
 * set backwards or forwards can make a dead token look alive.
 */
export interface ClockReading {
  /** `Date.now()`, milliseconds since the epoch. */
  readonly wallMs: number
  /** `performance.now()`, milliseconds since an arbitrary start. */
  readonly monotonicMs: number
}

/** This process's two clocks, now. */
export const readClock = (): ClockReading => ({ wallMs: Date.now(), monotonicMs: performance.now() })

/** Milliseconds passed between two readings of the same machine, never negative. */
function elapsedMs(since: ClockReading, now: ClockReading): number {
  return Math.max(0, now.wallMs - since.wallMs, now.monotonicMs - since.monotonicMs)
}

/** Milliseconds left of `lifetimeMs` counted from `since`; 0 when it is over. */
export function remainingMs(lifetimeMs: number, since: ClockReading, now: ClockReading): number {
  return Math.max(0, lifetimeMs - elapsedMs(since, now))
}
