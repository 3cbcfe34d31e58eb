import { remainingMs } from '../../shared/lifetime.js'
import type { AppError } from '../../shared/result.js'
import type { TokenStatus, TokenView } from '../../shared/views.js'
import { deskError, toAppError } from './desk-error.js'
import { endpointsOf } from './endpoints.js'
import type { GrantedToken } from './jwt-grant.js'
import type { KeyVault } from './key-vault.js'
import type { Clock } from './ports.js'
import type { Profile, Profiles } from './profiles.js'
import { cacheKeyOf, type TokenManager, type TokenSpec } from './token-manager.js'

/** Tokens by profile: the way from a saved profile to a token, and what the window is told of it. */
export interface ProfileTokens {
  status(profileId: string): TokenStatus
  /** @throws DeskError; the same error stands in the profile's status until a token comes */
  get(profileId: string, options?: { fresh?: boolean }): Promise<GrantedToken>
  /**
   * Asks for a token with one of the profile's keys, active or not. What the profile's own token does is not touched.
   * @throws DeskError
   */
  verifyKey(profileId: string, keyId: string): Promise<void>
  /** Forgets the tokens of a key that is gone. */
  forgetKey(keyId: string): void
  /** After any change to a profile or its key, also its removal: forgets the token unless it would be the same one. */
  settle(profileId: string): void
  /** Whether there is a token that is not due for renewal. */
  isValid(profileId: string): boolean
  /** The live token with what it was asked for with; `null` where there is none. */
  present(profileId: string): PresentToken | null
  /** What the profile's tokens depend on now, as one text; `null` where none could be asked for. */
  cacheKey(profileId: string): string | null
  /** Puts an error that came about outside a request into the profile's status. */
  note(profileId: string, error: AppError): void
  /** Renews what is due among profiles that ask for it and had a token in this session. */
  renewDue(): Promise<void>
}

export interface PresentToken {
  readonly accessToken: string
  /** Where it came from, and the only host that it may be sent to by itself. */
  readonly oauthHost: string
  readonly cacheKey: string
  readonly issuedAtMs: number
}

interface Parts {
  readonly profiles: Profiles
  readonly vault: KeyVault
  readonly manager: TokenManager
  readonly clock: Clock
  /** `host:port` of the simulator; empty while it does not listen. */
  readonly simulatorHost: () => string
  readonly changed: (status: TokenStatus) => void
  /** Told once for each row of failures, not for every try. */
  readonly renewalFailed: (profileId: string, error: AppError) => void
  /** A token was asked for: granted where there is no error. */
  readonly asked: (profileId: string, spec: TokenSpec, error: AppError | null) => void
}

interface Progress {
  /** What a token was last asked for with. */
  spec: TokenSpec | null
  hadToken: boolean
  busy: number
  error: AppError | null
  /** Failed renewals in a row, and when the next may be tried. */
  backoff: { failures: number; untilMonotonicMs: number }
}

const begin = (): Progress => ({ spec: null, hadToken: false, busy: 0, error: null, backoff: NO_BACKOFF })
const NO_BACKOFF = { failures: 0, untilMonotonicMs: 0 }
/** Wait after a failed background renewal, milliseconds; doubled each time up to five minutes. */
const FIRST_BACKOFF_MS = 15_000
const LONGEST_BACKOFF_MS = 300_000

export function createProfileTokens(parts: Parts): ProfileTokens {
  const { profiles, vault, manager, clock, simulatorHost, changed, renewalFailed, asked } = parts
  const progressById = new Map<string, Progress>()
  const progressOf = (profileId: string): Progress => {
    const known = progressById.get(profileId)
    if (known) return known
    const fresh = begin()
    progressById.set(profileId, fresh)
    return fresh
  }

  function specOf(profile: Profile, keyId = profile.keyId): TokenSpec {
    const key = keyId === null ? null : vault.view(keyId)
    if (!key) throw deskError('key_missing')
    // A record that cannot be read names none, and says what is wrong with it once it is used.
    if (key.environment !== '' && key.environment !== profile.environment) throw deskError('key_other_environment')
    const { oauthHost } = endpointsOf(profile, simulatorHost())
    if (oauthHost === '') throw deskError('simulator_failed')
    return {
      environment: profile.environment,
      oauthHost,
      integrationKey: profile.integrationKey,
      userId: profile.grant === 'user' ? profile.userId : null,
      scopes: profile.scopes,
      assertionLifetimeS: profile.assertionLifetimeS,
      keyId: key.id,
      keyFingerprint: key.fingerprint,
    }
  }

  function status(profileId: string): TokenStatus {
    const { spec, busy, error } = progressById.get(profileId) ?? begin()
    const token = spec && manager.peek(spec)
    return { profileId, token: token && viewOf(token), busy: busy > 0, error }
  }
  function viewOf(token: GrantedToken): TokenView {
    const now = clock.read()
    const leftMs = remainingMs(token.lifetimeMs, token.sentAt, now)
    return {
      masked: `${token.accessToken.slice(0, 4)}…${token.accessToken.slice(-4)}`,
      lengthChars: token.accessToken.length,
      issuedAtMs: token.sentAt.wallMs,
      expiresAtMs: now.wallMs + leftMs,
      lifetimeMs: token.lifetimeMs,
      remainingMs: leftMs,
    }
  }

  async function get(profileId: string, { fresh = false } = {}): Promise<GrantedToken> {
    const profile = profiles.find(profileId)
    const progress = progressOf(profileId)
    // Answering from the cache changes nothing that the window would have to hear of.
    if (!fresh && progress.spec && manager.judge(progress.spec) === 'valid') return manager.get(progress.spec)
    progress.busy += 1
    try {
      progress.spec = specOf(profile)
      changed(status(profileId))
      const before = manager.peek(progress.spec)
      const token = await manager.get(progress.spec, { fresh })
      progress.hadToken = true
      // One that is due may be handed back after its renewal failed, which is not mended by that.
      if (token !== before || manager.judge(progress.spec) === 'valid') {
        Object.assign(progress, { error: null, backoff: NO_BACKOFF })
        asked(profileId, progress.spec, null)
      }
      return token
    } catch (thrown) {
      progress.error = toAppError(thrown)
      if (progress.spec) asked(profileId, progress.spec, progress.error)
      throw thrown
    } finally {
      progress.busy -= 1
      // A profile that was settled meanwhile has begun anew.
      if (progressById.get(profileId) === progress) changed(status(profileId))
    }
  }

  /** The spec that the profile would ask with now; `null` when it cannot ask. */
  function specNow(profileId: string): TokenSpec | null {
    try {
      return specOf(profiles.find(profileId))
    } catch {
      return null
    }
  }

  async function renew(profileId: string, progress: Progress): Promise<void> {
    try {
      // Fresh, so that a failure shows even while the present token lives.
      await get(profileId, { fresh: true })
    } catch (thrown) {
      // A refusal would be refused again: it waits for the user. Anything else may pass.
      const failures = progress.backoff.failures + 1
      const waitMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1))
      const untilMonotonicMs = toAppError(thrown).retryable
        ? clock.read().monotonicMs + waitMs
        : Number.POSITIVE_INFINITY
      progress.backoff = { failures, untilMonotonicMs }
      const superseded = progressById.get(profileId) !== progress
      if (failures === 1 && !superseded) renewalFailed(profileId, toAppError(thrown))
    }
  }

  return {
    status,
    get,
    async verifyKey(profileId, keyId) {
      const profile = profiles.find(profileId)
      if (!profile.keyIds.includes(keyId)) throw deskError('key_missing')
      await manager.get(specOf(profile, keyId), { fresh: true })
    },
    forgetKey: (keyId) => manager.invalidate((spec) => spec.keyId === keyId),
    settle(profileId) {
      const before = progressById.get(profileId)
      const spec = before?.spec
      const now = specNow(profileId)
      if (now && spec && cacheKeyOf(now) === cacheKeyOf(spec)) return
      if (spec) manager.invalidate((other) => cacheKeyOf(other) === cacheKeyOf(spec))
      progressById.delete(profileId)
      // A key that was activated may have been verified just before: its token is the profile's now.
      const verified = now !== null && manager.peek(now) !== null
      if (verified) progressById.set(profileId, { ...begin(), spec: now, hadToken: true })
      if (before || verified) changed(status(profileId))
    },
    isValid(profileId) {
      const spec = progressById.get(profileId)?.spec
      return !!spec && manager.judge(spec) === 'valid'
    },
    present(profileId) {
      const spec = progressById.get(profileId)?.spec
      const token = spec && manager.peek(spec)
      if (!token) return null
      const { accessToken, sentAt } = token
      return { accessToken, oauthHost: spec.oauthHost, cacheKey: cacheKeyOf(spec), issuedAtMs: sentAt.wallMs }
    },
    cacheKey(profileId) {
      // What was asked with last is what would be asked with now: `settle` forgets it after a change.
      const spec = progressById.get(profileId)?.spec ?? specNow(profileId)
      return spec && cacheKeyOf(spec)
    },
    note(profileId, error) {
      progressOf(profileId).error = error
      changed(status(profileId))
    },
    async renewDue() {
      const nowMs = clock.read().monotonicMs
      const due = profiles.list().flatMap(({ id, autoRenew }) => {
        const progress = progressById.get(id)
        if (!autoRenew || !progress?.hadToken || progress.busy > 0 || !progress.spec) return []
        if (nowMs < progress.backoff.untilMonotonicMs || manager.judge(progress.spec) === 'valid') return []
        return [renew(id, progress)]
      })
      await Promise.all(due)
    },
  }
}
