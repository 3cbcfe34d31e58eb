import type { ServerCopy, ServerSecret, ServerStatus } from '../../shared/serving.js'
import type { Settings } from '../../shared/settings.js'
import { type DeskError, deskError, toAppError } from '../core/desk-error.js'
import { type IdleWatch, watchIdle } from '../core/idle-watch.js'
import type { Clock, DocumentStore } from '../core/ports.js'
import type { ProductionGuard } from '../core/production-guard.js'
import { createTurns } from '../core/turns.js'
import { createServerAccess } from '../token-server/access.js'
import { type ClientText, clientText } from '../token-server/client-texts.js'
import { nextFreePort } from '../token-server/free-port.js'
import type { TokenSource } from '../token-server/routes.js'
import { type Called, startTokenServer, type TokenServer } from '../token-server/server.js'
import type { Desk } from './desk.js'
import { createHeldSecret } from './held-secret.js'

/** The token server as the app runs it: which profiles it serves, when it runs, and what its clients are given. */
export interface ServerDesk {
  status(): ServerStatus
  /** Starts the server where a profile is switched on. Never throws: `status` tells of a failure. */
  open(): Promise<void>
  /**
   * A new secret for the profile, which is switched on by it; the old one opens nothing any more.
   * @throws DeskError `profile_not_found`, `production_not_served`, `save_failed`
   */
  newSecret(profileId: string): Promise<ServerSecret>
  /** @throws DeskError `profile_not_found`, `production_not_served`, `secret_gone`, `save_failed` */
  setServed(profileId: string, served: boolean): Promise<ServerStatus>
  /** Starts it again; `port`: on that one from now on. @throws DeskError `save_failed` */
  start(port: number | null): Promise<ServerStatus>
  stop(): Promise<ServerStatus>
  /** A text for a client. @throws DeskError `profile_not_found`, `secret_gone` once the secret is not held any more */
  textFor(profileId: string, what: ServerCopy): ClientText
  /** The secret was seen. */
  forgetSecret(profileId: string): void
  /** Profiles or settings changed. */
  refresh(): void
  /** The app ends. */
  close(): void
}

interface Parts {
  readonly desk: Desk
  readonly store: DocumentStore
  readonly clock: Clock
  readonly guard: ProductionGuard
  readonly settings: () => Settings
  /** @throws DeskError `save_failed` */
  readonly savePort: (port: number) => void
  readonly changed: (status: ServerStatus) => void
}

export function createServerDesk(parts: Parts): ServerDesk {
  const { desk, store, clock, guard, settings, savePort, changed } = parts
  const { profiles, tokens, activity } = desk
  const access = createServerAccess(store)
  // The disk may have refused before the last end. Of a profile that cannot be read now nothing is forgotten.
  access.forgetMoved(profiles.list())
  const heldSecret = createHeldSecret(clock)
  const inTurn = createTurns()
  let server: TokenServer | null = null
  let stoppedBecause: ServerStatus['stoppedBecause'] = null
  let failure: { error: DeskError; port: number; freePort: number | null } | null = null
  let idle: IdleWatch | null = null

  const source: TokenSource = {
    isOpen() {
      if (idle?.leftMs() === 0) stopIdle()
      return server !== null
    },
    opens(secret) {
      const id = access.profileIdOf(secret)
      if (id === null) return null
      try {
        const profile = profiles.find(id)
        return access.isServed(profile) ? profile : null
      } catch {
        // An entry of a profile that is gone, or that this version cannot read.
        return null
      }
    },
    async token(profileId) {
      guard.checkServed(profiles.find(profileId).environment)
      const facts = await desk.serveToken(profileId)
      // The switch may have been turned off, or the profile moved to production, while Docusign was asked.
      guard.checkServed(facts.environment)
      return facts
    },
    hasValidToken: tokens.isValid,
  }

  const isWanted = () => profiles.list().some(access.isServed)

  function status(): ServerStatus {
    const port = server?.port ?? settings().serverPort
    const idleState = isWanted() ? (failure ? 'failed' : 'stopped') : 'off'
    return {
      state: server ? 'running' : idleState,
      port,
      origin: `http://127.0.0.1:${port}`,
      stoppedBecause: idleState === 'stopped' ? stoppedBecause : null,
      error: server ? null : (failure?.error.appError ?? null),
      freePort: server ? null : (failure?.freePort ?? null),
      profiles: profiles.list().map((profile) => ({
        profileId: profile.id,
        served: access.isServed(profile),
        hasSecret: access.hasSecret(profile),
      })),
    }
  }

  function tell(): void {
    try {
      changed(status())
    } catch {
      // Who is told may fail: whether the server runs does not hang on it.
    }
  }

  function close(because: ServerStatus['stoppedBecause']): void {
    idle?.stop()
    idle = null
    server?.close()
    server = null
    stoppedBecause = because
  }
  function stopIdle(): void {
    close('idle')
    tell()
  }

  async function listen(): Promise<void> {
    const port = settings().serverPort
    const monotonicMs = () => clock.read().monotonicMs
    try {
      server = await startTokenServer({ port, source, monotonicMs, called })
      failure = null
      stoppedBecause = null
      idle = watchIdle({ clock, idleMs: () => settings().serverIdleStopMin * 60_000, end: stopIdle })
    } catch (thrown) {
      const error = deskError(toAppError(thrown).code)
      failure = { error, port, freePort: error.code === 'port_taken' ? await nextFreePort(port) : null }
    }
  }

  const called: Called = (call) => {
    if (call.outcome === 'ok' && call.profile) idle?.touch()
    activity.count({ kind: 'token-server', ...call })
  }

  /** Brings the server to what is wanted now. Never throws. */
  async function adjust(start: boolean): Promise<void> {
    // What is switched off ends at once, whatever else is under way.
    if (server && !isWanted()) close(null)
    await inTurn(async () => {
      const tried = server ?? failure
      const hasMoved = tried !== null && tried.port !== settings().serverPort
      if (server && (hasMoved || !isWanted())) close(null)
      if (!server && isWanted() && (start || hasMoved)) await listen()
      if (!isWanted()) failure = null
    })
    tell()
  }

  return {
    status,
    open: () => adjust(true),
    async newSecret(profileId) {
      const profile = profiles.find(profileId)
      guard.checkServed(profile.environment)
      const secret = access.newSecret(profile)
      heldSecret.hold(profileId, secret)
      await adjust(true)
      return { secret, status: status() }
    },
    async setServed(profileId, served) {
      const profile = profiles.find(profileId)
      if (served) guard.checkServed(profile.environment)
      try {
        access.setServed(profile, served)
      } finally {
        // Switching off counts also where the disk refuses to remember it.
        await adjust(served)
      }
      return status()
    },
    async start(port) {
      if (port !== null) savePort(port)
      await adjust(true)
      return status()
    },
    async stop() {
      close('user')
      // Once more: a start may have been under way.
      await inTurn(async () => close('user'))
      tell()
      return status()
    },
    textFor: (profileId, what) =>
      clientText(what, profiles.find(profileId).name, status().origin, heldSecret.of(profileId)),
    forgetSecret: heldSecret.forget,
    refresh() {
      access.forgetMoved(profiles.list())
      if (profiles.unreadableCount() === 0) access.forgetGone(profiles.list())
      void adjust(false)
    },
    close() {
      // The disk may have room again for what it refused before.
      access.forgetMoved(profiles.list())
      close('user')
      heldSecret.forgetAll()
    },
  }
}
