import { remainingMs } from '../../shared/lifetime.js'
import type { AppError } from '../../shared/result.js'
import type { TokenStatus, TokenView } from '../../shared/views.js'
import { deskError, toAppError } from './desk-error.js'
import { endpointsOf } from './endpoints.js'
import type { GrantedToken } from './jwt-grant.js'
import type { KeyVault } from './key-vault.js'
import type { Clock } from './ports.js'
import type { Profile, Profiles } from './profiles.js'
import type { TokenManager, TokenSpec } from './token-manager.js'

/** Tokens by profile: the way from a saved profile to a token, and what the window is told of it. */
export interface ProfileTokens {
  status(profileId: string): TokenStatus
  /** @throws DeskError; the same error stands in the profile's status until the next success */
  get(profileId: string, options?: { fresh?: boolean }): Promise<GrantedToken>
  /** Forgets a profile's token: its settings or key changed, or it is gone. */
  forget(profile: Profile): void
  /** Renews what is due among profiles that ask for it and had a token in this session. */
  renewDue(): Promise<void>
}

interface Parts {
  readonly profiles: Profiles
  readonly vault: KeyVault
  readonly manager: TokenManager
  readonly clock: Clock
  /** `host:port` once the simulator listens. */
  readonly simulatorHost: () => Promise<string>
  readonly changed: (status: TokenStatus) => void
}

interface Progress {
  /** What the last token was asked for; a profile without one is not renewed. */
  spec: TokenSpec | null
  busy: number
  error: AppError | null
  renewNotBefore: { failures: number; atMonotonicMs: number }
}

/** Wait after a failed background renewal, milliseconds; doubled each time up to five minutes. */
const RENEW_RETRY_MS = 15_000

export function createProfileTokens({ profiles, vault, manager, clock, simulatorHost, changed }: Parts): ProfileTokens {
  const progressById = new Map<string, Progress>()
  const progressOf = (profileId: string): Progress => {
    const known = progressById.get(profileId)
    if (known) return known
    const fresh: Progress = { spec: null, busy: 0, error: null, renewNotBefore: { failures: 0, atMonotonicMs: 0 } }
    progressById.set(profileId, fresh)
    return fresh
  }

  async function specOf(profile: Profile): Promise<TokenSpec> {
    const key = profile.keyId === null ? null : vault.view(profile.keyId)
    if (!key) throw deskError('key_missing')
    const { oauthHost } = endpointsOf(profile, profile.environment === 'simulator' ? await simulatorHost() : '')
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
    const { spec, busy, error } = progressOf(profileId)
    const token = spec && manager.peek(spec)
    return { profileId, token: token && viewOf(profileId, token, spec), busy: busy > 0, error }
  }
  function viewOf(profileId: string, token: GrantedToken, spec: TokenSpec): TokenView {
    const leftMs = remainingMs(token.lifetimeMs, token.sentAt, clock.read())
    return {
      profileId,
      masked: `${token.accessToken.slice(0, 4)}…${token.accessToken.slice(-4)}`,
      lengthChars: token.accessToken.length,
      issuedAtMs: token.sentAt.wallMs,
      expiresAtMs: clock.read().wallMs + leftMs,
      lifetimeMs: token.lifetimeMs,
      remainingMs: leftMs,
      scopes: spec.scopes,
    }
  }

  async function get(profileId: string, options: { fresh?: boolean } = {}): Promise<GrantedToken> {
    const profile = profiles.find(profileId)
    const progress = progressOf(profileId)
    // Answering from the cache changes nothing that the window would have to hear of.
    const cached = options.fresh || !progress.spec ? null : manager.peek(progress.spec)
    if (cached && progress.spec && manager.judge(progress.spec) === 'valid') return cached
    progress.busy += 1
    changed(status(profileId))
    try {
      const spec = await specOf(profile)
      const token = await manager.get(spec, options)
      progress.spec = spec
      progress.error = null
      progress.renewNotBefore = { failures: 0, atMonotonicMs: 0 }
      return token
    } catch (thrown) {
      progress.error = toAppError(thrown)
      throw thrown
    } finally {
      progress.busy -= 1
      if (progressById.get(profileId) === progress) changed(status(profileId))
    }
  }

  async function renew(profileId: string, progress: Progress): Promise<void> {
    try {
      await get(profileId)
    } catch (thrown) {
      // A refusal would be refused again: wait for the user then. Anything else may pass.
      const failures = progress.renewNotBefore.failures + 1
      const waitMs = toAppError(thrown).retryable
        ? Math.min(300_000, RENEW_RETRY_MS * 2 ** failures)
        : Number.POSITIVE_INFINITY
      progress.renewNotBefore = { failures, atMonotonicMs: clock.read().monotonicMs + waitMs }
    }
  }

  return {
    status,
    get,
    forget({ id, environment, integrationKey, keyId }) {
      progressById.delete(id)
      manager.invalidate(
        (spec) => spec.keyId === keyId && spec.integrationKey === integrationKey && spec.environment === environment,
      )
    },
    async renewDue() {
      const nowMs = clock.read().monotonicMs
      const due = profiles.list().filter(({ id, autoRenew }) => {
        const progress = progressById.get(id)
        if (!autoRenew || !progress?.spec || progress.busy > 0 || nowMs < progress.renewNotBefore.atMonotonicMs)
          return false
        return manager.judge(progress.spec) !== 'valid'
      })
      await Promise.all(due.map(({ id }) => renew(id, progressOf(id))))
    },
  }
}
