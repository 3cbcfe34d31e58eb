import type { Clock } from './ports.js'
import type { ProfileTokens } from './profile-tokens.js'

/** How often due tokens are looked for, milliseconds. A single long timer would be late after sleep. */
const LOOK_EVERY_MS = 15_000

/** Renews in the background until the returned function is called. */
export function startRenewal(tokens: ProfileTokens, clock: Clock): () => void {
  const stop = new AbortController()
  const loop = async () => {
    while (!stop.signal.aborted) {
      await clock.sleep(LOOK_EVERY_MS, stop.signal)
      await tokens.renewDue()
    }
  }
  // The only way out of the loop is the abort of its sleep.
  loop().catch(() => {})
  return () => stop.abort()
}
