import { createProductionGuard } from '../../src/main/core/production-guard.js'
import { createDesk, type Desk, type DeskParts } from '../../src/main/desk/desk.js'
import { createServerDesk, type ServerDesk } from '../../src/main/desk/server-desk.js'
import type { ServerStatus } from '../../src/shared/serving.js'
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings.js'
import { deskParts } from './desk-parts.js'
import { freePort } from './free-port.js'
import { MemoryStore } from './memory-store.js'

/** A desk with its token server, on a port that was free: real HTTP, the simulator in Docusign's place. */
export interface TokenServerDesk {
  readonly desk: Desk
  readonly server: ServerDesk
  readonly store: MemoryStore
  readonly told: ServerStatus[]
  settings: Settings
  /** Asks as a program would; without a secret where it is `null`. */
  ask(path: string, secret: string | null, init?: RequestInit): Promise<Response>
  stop(): Promise<void>
}

export async function tokenServerDesk(
  parts: Partial<DeskParts> = {},
  store = new MemoryStore(),
  changed: (status: ServerStatus) => void = () => {},
): Promise<TokenServerDesk> {
  const made = deskParts(parts)
  // Told of profiles once it is there.
  let server: ServerDesk | null = null
  const desk = createDesk({ ...made, profilesChanged: () => server?.refresh() })
  await desk.simulator.start()
  const told: ServerStatus[] = []
  const served: TokenServerDesk = {
    desk,
    store,
    told,
    settings: { ...DEFAULT_SETTINGS, serverPort: await freePort() },
    get server() {
      if (!server) throw new Error('not yet')
      return server
    },
    ask(path, secret, init = {}) {
      const headers = { ...init.headers, ...(secret === null ? {} : { Authorization: `Bearer ${secret}` }) }
      return fetch(`http://127.0.0.1:${served.settings.serverPort}${path}`, { ...init, headers })
    },
    async stop() {
      server?.close()
      await desk.simulator.stop()
    },
  }
  server = createServerDesk({
    desk,
    store,
    clock: made.clock,
    guard: createProductionGuard(() => served.settings),
    settings: () => served.settings,
    savePort: (serverPort) => {
      served.settings = { ...served.settings, serverPort }
    },
    changed(status) {
      told.push(status)
      changed(status)
    },
  })
  return served
}
