/** A bucket of calls: full at first, refilled evenly. */
export interface RateLimit {
  /** How long until the next call may come, milliseconds; 0 where one may come now. */
  waitMs(): number
  /** One call came. */
  take(): void
}

interface Options {
  readonly burst: number
  /** One more call may come each time this has passed, milliseconds. */
  readonly refillMs: number
  readonly monotonicMs: () => number
}

export function createRateLimit({ burst, refillMs, monotonicMs }: Options): RateLimit {
  let left = burst
  let atMs = monotonicMs()
  function refill(): void {
    const nowMs = monotonicMs()
    left = Math.min(burst, left + (nowMs - atMs) / refillMs)
    atMs = nowMs
  }
  return {
    waitMs() {
      refill()
      return left >= 1 ? 0 : Math.ceil((1 - left) * refillMs)
    },
    take() {
      refill()
      left = Math.max(0, left - 1)
    },
  }
}
