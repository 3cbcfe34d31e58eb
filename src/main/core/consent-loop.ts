import { randomBytes } from 'node:crypto'
import type { ConsentPageOpened, ConsentStatus } from '../../shared/account.js'
import { originOf } from '../../shared/environments.js'
import type { AppError } from '../../shared/result.js'
import { consentUrl, redirectUriOf } from './consent.js'
import { type ConsentListener, type ConsentReturn, isCatchable, listenForConsent } from './consent-listener.js'
import type { ConsentMemory } from './consent-memory.js'
import { deskError } from './desk-error.js'
import { endpointsOf } from './endpoints.js'
import type { Clock } from './ports.js'
import type { ProfileTokens } from './profile-tokens.js'
import type { Profile, Profiles } from './profiles.js'
import type { TokenSpec } from './token-manager.js'

/** Opens a page of that origin, and of no other, in the user's own browser. */
export type OpenPage = (url: string, allowedOrigin: string) => Promise<void>

/** Consent by profile: from the button to the token. */
export interface ConsentLoop {
  /**
   * Opens the consent page. Where its redirect URI leads to this computer the return is awaited there for five minutes,
   * and the token is asked for again by itself. Opening it again ends the former wait.
   * @throws DeskError `profile_not_found`, `profile_invalid`, `simulator_failed`, `browser_failed`
   */
  open(profileId: string, admin: boolean, openPage: OpenPage): Promise<ConsentPageOpened>
  status(profileId: string): ConsentStatus
  stop(profileId: string): void
  /** After any change to a profile, also its removal: a wait for the former page ends. */
  settle(profileId: string): void
  /** A token was asked for. Where it was granted there is nothing left to wait for. */
  asked(profileId: string, spec: TokenSpec, error: AppError | null): void
  /** For the end of the app. */
  stopAll(): void
}

interface Parts {
  readonly profiles: Profiles
  readonly tokens: () => Pick<ProfileTokens, 'get' | 'note'>
  readonly memory: ConsentMemory
  readonly clock: Clock
  readonly simulatorHost: () => string
  readonly changed: (status: ConsentStatus) => void
}

interface Wait {
  readonly listener: ConsentListener
  /** Ends the time limit. */
  readonly abort: AbortController
  /** What the page was about. */
  readonly subject: string
}

/** Longest wait for the browser's return, milliseconds. */
const WAIT_MS = 300_000

export function createConsentLoop({ profiles, tokens, memory, clock, simulatorHost, changed }: Parts): ConsentLoop {
  const waits = new Map<string, Wait>()
  let last: Promise<unknown> = Promise.resolve()
  let over = false
  const hostOf = (profile: Profile) => endpointsOf(profile, simulatorHost()).oauthHost

  function status(profileId: string): ConsentStatus {
    const profile = profiles.find(profileId)
    const userId = profile.grant === 'user' ? profile.userId : null
    const newScopes = memory.newScopes({ ...profile, oauthHost: hostOf(profile), userId })
    return { profileId, waiting: waits.has(profileId), newScopes }
  }
  function tell(profileId: string): void {
    if (profiles.list().some(({ id }) => id === profileId)) changed(status(profileId))
  }

  /** @returns whether there was a wait to end */
  function end(profileId: string): boolean {
    const wait = waits.get(profileId)
    if (!wait) return false
    waits.delete(profileId)
    wait.abort.abort()
    wait.listener.close()
    return true
  }
  function stop(profileId: string): void {
    if (end(profileId)) tell(profileId)
  }

  /** One after the other: two openings at once would fight for the port. */
  function listen(profileId: string, redirectUri: string, state: string, subject: string): Promise<boolean> {
    const next = last.then(() => listenAlone(profileId, redirectUri, state, subject))
    last = next.catch(() => {})
    return next
  }
  async function listenAlone(profileId: string, redirectUri: string, state: string, subject: string): Promise<boolean> {
    end(profileId)
    // A port that cannot be had, because another program is there, leaves the user's word.
    const listener = isCatchable(redirectUri) ? await listenForConsent(redirectUri, state).catch(() => null) : null
    if (!listener) return false
    if (over || !isAbout(profileId, subject)) {
      listener.close()
      return false
    }
    const abort = new AbortController()
    waits.set(profileId, { listener, abort, subject })
    const late = clock.sleep(WAIT_MS, abort.signal).then(() => null)
    Promise.race([listener.returned, late]).then(
      (found) => waits.get(profileId)?.listener === listener && finish(profileId, found),
      // Aborted: whoever did it has seen to the rest.
      () => {},
    )
    return true
  }

  function finish(profileId: string, found: ConsentReturn | null): void {
    stop(profileId)
    if (found === 'denied') tokens().note(profileId, deskError('consent_denied').appError)
    if (found === 'failed') tokens().note(profileId, deskError('consent_failed').appError)
    // Its failure stands in the profile's status.
    if (found === 'granted')
      tokens()
        .get(profileId, { fresh: true })
        .catch(() => {})
  }

  function subjectOf(profile: Profile): string {
    return JSON.stringify([
      profile.grant,
      profile.userId,
      profile.keyId,
      consentUrl(profile, hostOf(profile), NO_STATE),
    ])
  }
  function isAbout(profileId: string, subject: string): boolean {
    try {
      return subjectOf(profiles.find(profileId)) === subject
    } catch {
      // It is gone, or has no redirect URI any more.
      return false
    }
  }

  return {
    async open(profileId, admin, openPage) {
      const profile = profiles.find(profileId)
      const oauthHost = hostOf(profile)
      if (oauthHost === '') throw deskError('simulator_failed')
      const state = randomBytes(32).toString('base64url')
      const url = consentUrl(profile, oauthHost, { state, admin })
      const caught = await listen(profileId, redirectUriOf(profile, oauthHost), state, subjectOf(profile))
      try {
        await openPage(url, originOf(oauthHost))
      } catch (thrown) {
        stop(profileId)
        throw thrown
      }
      tell(profileId)
      return caught ? 'return' : 'word'
    },
    status,
    stop,
    settle(profileId) {
      const wait = waits.get(profileId)
      if (wait && !isAbout(profileId, wait.subject)) stop(profileId)
    },
    asked(profileId, spec, error) {
      memory.learn(spec, error)
      if (!error) stop(profileId)
      tell(profileId)
    },
    stopAll() {
      over = true
      for (const profileId of [...waits.keys()]) stop(profileId)
    },
  }
}

const NO_STATE = { state: '', admin: false }
