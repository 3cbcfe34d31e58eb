import { DeskError, deskError } from './desk-error.js'
import type { Clock } from './ports.js'

/** One request may take this long, milliseconds; docusign-esign itself sets no limit. */
export const REQUEST_TIMEOUT_MS = 15_000
/** Waits before the second and the third try after a 5xx, milliseconds. */
const BACKOFF_MS = [400, 1600]
/** A `Retry-After` up to this long is waited for; a longer one is told to the user. */
const PATIENCE_MS = 3000

/**
 * Runs `attempt` until it succeeds, up to three times. Only a failing server (5xx) or a short `Retry-After` is tried
 * again: a refusal would be refused again, and a network that is gone is the user's to judge.
 *
 * @param abort aborted from outside to give up, and from here when an attempt takes too long
 * @throws DeskError; `timeout` when one attempt takes more than 15 s, even where it ignores its signal
 */
export async function requestWithRetries<T>(
  clock: Clock,
  abort: AbortController,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await withTimeout(clock, abort, attempt)
    } catch (thrown) {
      const waitMs = thrown instanceof DeskError ? waitBeforeRetry(thrown, tries) : null
      if (waitMs === null) throw thrown
      await clock.sleep(waitMs, abort.signal)
    }
  }
}

function waitBeforeRetry({ appError }: DeskError, tries: number): number | null {
  const backoffMs = BACKOFF_MS[tries - 1]
  if (backoffMs === undefined) return null
  if (appError.code === 'provider_unavailable') return backoffMs
  if (appError.code === 'rate_limited' && (appError.retryAfterMs ?? Number.POSITIVE_INFINITY) <= PATIENCE_MS) {
    return appError.retryAfterMs ?? null
  }
  return null
}

/** @throws DeskError `timeout` after 15 s, even where `attempt` ignores its signal; then `abort` is aborted too */
export async function withTimeout<T>(
  clock: Clock,
  abort: AbortController,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const done = new AbortController()
  const timer = clock.sleep(REQUEST_TIMEOUT_MS, done.signal).then(() => {
    abort.abort()
    throw deskError('timeout')
  })
  try {
    return await Promise.race([attempt(abort.signal), timer])
  } finally {
    done.abort()
    // The loser of the race has nobody left to tell.
    timer.catch(() => {})
  }
}
