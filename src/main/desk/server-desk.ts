import type { ServerCopy, ServerSecret, ServerStatus } from '../../shared/serving.js'
import type { Settings } from '../../shared/settings.js'
import { type DeskError, deskError, toAppError } from '../core/desk-error.js'
import type { Clock, DocumentStore } from '../core/ports.js'
import type { ProductionGuard } from '../core/production-guard.js'
import { createServerAccess } from '../token-server/access.js'
import { postmanCollection, postmanServerEnvironment, preRequestScript } from '../token-server/postman.js'
import type { TokenSource } from '../token-server/routes.js'
import { nextFreePort, startTokenServer, type TokenServer } from '../token-server/server.js'
import type { Desk } from './desk.js'

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
  textFor(profileId: string, what: ServerCopy): string
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

/** A secret that was just made is held for its user to copy, no longer than this, milliseconds. */
const HOLD_SECRET_MS = 600_000

export function createServerDesk(parts: Parts): ServerDesk {
  const { desk, store, clock, guard, settings, savePort, changed } = parts
  const { profiles, tokens, activity } = desk
  const access = createServerAccess(store)
  const monotonicMs = () => clock.read().monotonicMs
  let server: TokenServer | null = null
  let stoppedBecause: ServerStatus['stoppedBecause'] = null
  let failure: { error: DeskError; freePort: number | null } | null = null
  let lastAnswerMs = 0
  let idle = new AbortController()
  let shown: { profileId: string; secret: string; untilMs: number } | null = null
  /** Starts and stops come one after another. */
  let turn: Promise<void> = Promise.resolve()

  const source: TokenSource = {
    opens(secret) {
      const id = access.profileIdOf(secret)
      if (id === null) return null
      try {
        const profile = profiles.find(id)
        return access.isServed(profile) ? profile : null
      } catch {
        // It is gone, and the disk refused to forget its secret.
        return null
      }
    },
    async token(profileId) {
      guard.checkServed(profiles.find(profileId).environment)
      const facts = await desk.serveToken(profileId)
      // It may have been switched off, or moved to production, while Docusign was asked.
      const profile = profiles.find(profileId)
      guard.checkServed(profile.environment)
      if (!access.isServed(profile)) throw deskError('secret_wrong')
      return facts
    },
    hasToken: (profileId) => tokens.present(profileId) !== null,
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

  function close(because: ServerStatus['stoppedBecause']): void {
    idle.abort()
    server?.close()
    server = null
    stoppedBecause = because
  }

  async function listen(): Promise<void> {
    const port = settings().serverPort
    try {
      server = await startTokenServer({ port, source, monotonicMs, called })
      failure = null
      stoppedBecause = null
      lastAnswerMs = monotonicMs()
      void watchIdle()
    } catch (thrown) {
      const error = deskError(toAppError(thrown).code)
      failure = { error, freePort: error.code === 'port_taken' ? await nextFreePort(port) : null }
    }
  }

  const called: Parameters<typeof startTokenServer>[0]['called'] = (call) => {
    if (call.outcome === 'ok' && call.profile) lastAnswerMs = monotonicMs()
    activity.count({ kind: 'token-server', ...call })
  }

  async function watchIdle(): Promise<void> {
    idle = new AbortController()
    const { signal } = idle
    try {
      for (;;) {
        const leftMs = lastAnswerMs + settings().serverIdleStopMin * 60_000 - monotonicMs()
        if (leftMs <= 0) break
        // In steps: the setting may change meanwhile.
        await clock.sleep(Math.min(leftMs, 30_000), signal)
      }
      close('idle')
      changed(status())
    } catch {
      // It was stopped otherwise.
    }
  }

  /** Brings the server to what is wanted now. */
  function adjust(start: boolean): Promise<void> {
    turn = turn.then(async () => {
      const moved = server !== null && server.port !== settings().serverPort
      if (server && (moved || !isWanted())) close(null)
      if (!server && isWanted() && (start || moved)) await listen()
      if (!isWanted()) failure = null
      changed(status())
    })
    return turn
  }

  function hold(profileId: string, secret: string): void {
    shown = { profileId, secret, untilMs: monotonicMs() + HOLD_SECRET_MS }
  }
  function heldSecret(profileId: string): string | null {
    if (shown && monotonicMs() >= shown.untilMs) shown = null
    return shown?.profileId === profileId ? shown.secret : null
  }

  function textFor(profileId: string, what: ServerCopy): string {
    const { name } = profiles.find(profileId)
    const { origin } = status()
    const secret = heldSecret(profileId)
    switch (what) {
      case 'url':
        return `${origin}/docusignAuthkey`
      case 'secret':
        if (secret === null) throw deskError('secret_gone')
        return secret
      case 'curl':
        // Not among curl's arguments: other users of this computer see those, and reach its loopback addresses.
        return `echo "Authorization: Bearer ${secret ?? '$TOKEN_DESK_SECRET'}" |\n  curl --header @- ${origin}/docusignAuthkey\n`
      case 'postman-environment':
        return postmanServerEnvironment(name, origin, secret ?? '')
      case 'postman-script':
        return preRequestScript()
      case 'postman-collection':
        return postmanCollection()
    }
  }

  return {
    status,
    open: () => adjust(true),
    async newSecret(profileId) {
      const profile = profiles.find(profileId)
      guard.checkServed(profile.environment)
      const secret = access.newSecret(profile)
      hold(profileId, secret)
      await adjust(true)
      return { secret, status: status() }
    },
    async setServed(profileId, served) {
      const profile = profiles.find(profileId)
      if (served) guard.checkServed(profile.environment)
      access.setServed(profile, served)
      await adjust(served)
      return status()
    },
    async start(port) {
      if (port !== null) savePort(port)
      await adjust(true)
      return status()
    },
    async stop() {
      turn = turn.then(() => close('user'))
      await turn
      changed(status())
      return status()
    },
    textFor,
    forgetSecret(profileId) {
      if (shown?.profileId === profileId) shown = null
    },
    refresh() {
      try {
        access.keepOnly(profiles.list().map(({ id }) => id))
      } catch {
        // The disk refused. A secret of a profile that is gone opens nothing.
      }
      void adjust(false)
    },
    close: () => close('user'),
  }
}
