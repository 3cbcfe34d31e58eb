import type { Clock } from '../../src/main/core/ports.js'

interface Sleeper {
  readonly wakeAtMs: number
  readonly wake: () => void
}

/** A clock that moves only when told: `advance` both hands, or set the wall clock alone, or sleep the monotonic one. */
export class FakeClock implements Clock {
  #wallMs = Date.parse('2026-01-01T00:00:00Z')
  #monotonicMs = 1000
  #sleepers: Sleeper[] = []

  read() {
    return { wallMs: this.#wallMs, monotonicMs: this.#monotonicMs }
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const aborted = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper)
        reject(signal?.reason)
      }
      const wake = () => {
        signal?.removeEventListener('abort', aborted)
        resolve()
      }
      const sleeper = { wakeAtMs: this.#monotonicMs + ms, wake }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', aborted)
    })
  }

  /** Time passes. Sleepers whose time has come wake, and what they started gets a turn. */
  async advance(ms: number): Promise<void> {
    this.#wallMs += ms
    this.#monotonicMs += ms
    const due = this.#sleepers.filter(({ wakeAtMs }) => wakeAtMs <= this.#monotonicMs)
    this.#sleepers = this.#sleepers.filter((sleeper) => !due.includes(sleeper))
    for (const { wake } of due) wake()
    await settle()
  }

  /** Somebody sets the wall clock. */
  setWall(byMs: number): void {
    this.#wallMs += byMs
  }

  /** The machine sleeps: real time passes, the monotonic clock stands still. */
  suspend(ms: number): void {
    this.#wallMs += ms
  }

  get sleeping(): number {
    return this.#sleepers.length
  }
}

/** Lets every promise that can settle do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
