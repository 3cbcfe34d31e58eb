import type { KeyObject } from 'node:crypto'
import type { EnvironmentId } from '../../shared/environments.js'
import { type ClockReading, remainingMs } from '../../shared/lifetime.js'
import { DeskError, deskError } from './desk-error.js'
import type { GrantedToken, GrantRequest } from './jwt-grant.js'
import type { Clock } from './ports.js'
import { requestWithRetries } from './retry.js'

/** Five minutes, in milliseconds: a token nearer to its end is renewed before it is handed out. */
const RENEW_BEFORE_MS = 300 * 1000

/** A renewal that failed in passing is not tried again by each caller, but after this, milliseconds. */
const RENEWAL_PAUSE_MS = 10_000

/** All that a token depends on. Two profiles that agree on this share one. */
export interface TokenSpec extends GrantRequest {
  readonly environment: EnvironmentId
  readonly keyId: string
  readonly keyFingerprint: string
}

/** Asks once. @throws DeskError */
export type RequestToken = (spec: TokenSpec, privateKey: KeyObject, signal: AbortSignal) => Promise<GrantedToken>

/** Lends the private key for the time of one call. */
export type UseKey = <T>(keyId: string, work: (privateKey: KeyObject) => Promise<T>) => Promise<T>

export interface TokenManager {
  /**
   * A token with life left: the cached one, or a fresh one where that is missing, near its end, or `fresh` is set.
   * However many callers ask at once, one request is sent.
   * @throws DeskError from the grant, `timeout`, `rate_limited` (without asking, while Docusign's wait lasts), or
   *   `superseded` when the token was invalidated meanwhile
   */
  get(spec: TokenSpec, options?: { fresh?: boolean }): Promise<GrantedToken>
  /** The cached token while it lives, however short. */
  peek(spec: TokenSpec): GrantedToken | null
  /** What a token's state asks for now. */
  judge(spec: TokenSpec): Freshness
  /** Forgets every token made from a matching spec, and throws away answers still on their way. */
  invalidate(matches: (spec: TokenSpec) => boolean): void
}

export type Freshness = 'valid' | 'renew' | 'none'

/**
 * THE rule of validity. A token that lives no longer than the margin is renewed at half its life instead: the plain
 * rule would send a request for each call.
 */
export function judge(token: GrantedToken | undefined, now: ClockReading): Freshness {
  if (!token) return 'none'
  const leftMs = remainingMs(token.lifetimeMs, token.sentAt, now)
  if (leftMs <= 0) return 'none'
  const marginMs = token.lifetimeMs > RENEW_BEFORE_MS ? RENEW_BEFORE_MS : token.lifetimeMs / 2
  return leftMs > marginMs ? 'valid' : 'renew'
}

/** A spec is never changed, and asked about at each call of a busy client. */
const cacheKeys = new WeakMap<TokenSpec, string>()

export function cacheKeyOf(spec: TokenSpec): string {
  const known = cacheKeys.get(spec)
  if (known !== undefined) return known
  const cacheKey = JSON.stringify([
    spec.environment,
    spec.oauthHost,
    spec.integrationKey.toLowerCase(),
    spec.userId?.toLowerCase() ?? null,
    [...spec.scopes].sort().join(' '),
    spec.keyFingerprint,
  ])
  cacheKeys.set(spec, cacheKey)
  return cacheKey
}

interface Flight {
  readonly spec: TokenSpec
  readonly abort: AbortController
  readonly answer: Promise<GrantedToken>
}

export function createTokenManager({
  clock,
  requestToken,
  useKey,
}: {
  clock: Clock
  requestToken: RequestToken
  useKey: UseKey
}): TokenManager {
  const cache = new Map<string, { spec: TokenSpec; token: GrantedToken; renewalFailedAt: ClockReading | null }>()
  const flights = new Map<string, Flight>()
  const waits = new Map<string, { since: ClockReading; waitMs: number }>()

  function launch(cacheKey: string, spec: TokenSpec): Flight {
    const abort = new AbortController()
    const superseded = () => flights.get(cacheKey)?.abort !== abort
    const answer = (async () => {
      try {
        const token = await requestWithRetries(clock, abort, (signal) =>
          useKey(spec.keyId, (privateKey) => requestToken(spec, privateKey, signal)),
        )
        if (superseded()) throw deskError('superseded')
        cache.set(cacheKey, { spec, token, renewalFailedAt: null })
        return token
      } catch (thrown) {
        if (superseded()) throw deskError('superseded')
        rememberWait(cacheKey, thrown)
        throw thrown
      } finally {
        if (!superseded()) flights.delete(cacheKey)
      }
    })()
    const flight = { spec, abort, answer }
    flights.set(cacheKey, flight)
    return flight
  }

  function rememberWait(cacheKey: string, thrown: unknown): void {
    if (!(thrown instanceof DeskError) || thrown.appError.retryAfterMs === undefined) return
    waits.set(cacheKey, { since: clock.read(), waitMs: thrown.appError.retryAfterMs })
  }

  function noteFailedRenewal(cacheKey: string): void {
    const cached = cache.get(cacheKey)
    if (cached) cached.renewalFailedAt = clock.read()
  }

  function pauses(cacheKey: string): boolean {
    const failedAt = cache.get(cacheKey)?.renewalFailedAt ?? null
    return failedAt !== null && remainingMs(RENEWAL_PAUSE_MS, failedAt, clock.read()) > 0
  }

  function refuseWhileWaiting(cacheKey: string): void {
    const wait = waits.get(cacheKey)
    if (!wait) return
    const leftMs = remainingMs(wait.waitMs, wait.since, clock.read())
    if (leftMs <= 0) {
      waits.delete(cacheKey)
      return
    }
    const seconds = Math.ceil(leftMs / 1000)
    throw deskError('rate_limited', {
      message: `Docusign asked to wait; ${seconds} ${seconds === 1 ? 'second is' : 'seconds are'} left.`,
      retryAfterMs: leftMs,
    })
  }

  function alive(cacheKey: string): GrantedToken | null {
    const cached = cache.get(cacheKey)
    if (!cached) return null
    if (judge(cached.token, clock.read()) !== 'none') return cached.token
    // A dead token is dropped for good: a clock set back later must not revive it.
    cache.delete(cacheKey)
    return null
  }

  return {
    async get(spec, { fresh = false } = {}) {
      const cacheKey = cacheKeyOf(spec)
      const cached = alive(cacheKey)
      if (cached && !fresh && (judge(cached, clock.read()) === 'valid' || pauses(cacheKey))) return cached
      try {
        const flight = flights.get(cacheKey)
        if (flight) return await flight.answer
        refuseWhileWaiting(cacheKey)
        return await launch(cacheKey, spec).answer
      } catch (thrown) {
        const isPassing = thrown instanceof DeskError && thrown.appError.retryable && thrown.code !== 'superseded'
        const present = alive(cacheKey)
        if (!isPassing || !present) throw thrown
        noteFailedRenewal(cacheKey)
        // It does not make the present token worse.
        if (!fresh) return present
        throw thrown
      }
    },
    peek: (spec) => alive(cacheKeyOf(spec)),
    judge: (spec) => judge(alive(cacheKeyOf(spec)) ?? undefined, clock.read()),
    invalidate(matches) {
      for (const [cacheKey, { spec }] of cache) if (matches(spec)) cache.delete(cacheKey)
      for (const [cacheKey, flight] of flights) {
        if (!matches(flight.spec)) continue
        flights.delete(cacheKey)
        flight.abort.abort()
      }
    },
  }
}
