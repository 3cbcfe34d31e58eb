import { generateKeyPair, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { ASSERTION_LIFETIME_S, defaultScopes } from '../../shared/profile-rules.js'
import type { Scenario, SimulatorView } from '../../shared/views.js'
import { deskError } from '../core/desk-error.js'
import type { KeyVault } from '../core/key-vault.js'
import { readPrivateKey } from '../core/private-key.js'
import type { Profiles } from '../core/profiles.js'
import { type Simulator, startSimulator } from '../simulator/server.js'

/** The simulator as the app runs it: one server, which knows every profile of the simulator environment. */
export interface SimulatorDesk {
  /** Starts the server, makes the first profile where there is none, and gives a key to simulator profiles without one. */
  start(): Promise<void>
  stop(): Promise<void>
  /** `host:port`, once it listens. @throws DeskError `simulator_failed` */
  host(): Promise<string>
  /** The same at once; empty while it does not listen. */
  hostNow(): string
  view(): SimulatorView
  setScenario(scenario: Scenario): Promise<SimulatorView>
  /** Tells the server of profiles that came, changed or went. */
  refresh(): void
}

const generateRsa = promisify(generateKeyPair)

export function createSimulatorDesk({
  profiles,
  vault,
  profilesChanged,
}: {
  profiles: Profiles
  vault: KeyVault
  profilesChanged: () => void
}): SimulatorDesk {
  let running: Promise<Simulator> | undefined
  let simulator: Simulator | null = null

  const ready = async (): Promise<Simulator> => {
    running ??= startSimulator()
    try {
      simulator = await running
      return simulator
    } catch {
      running = undefined
      throw deskError('simulator_failed')
    }
  }
  const simulated = () => profiles.list().filter(({ environment }) => environment === 'simulator')

  function refresh(): void {
    simulator?.register(
      simulated().map(({ integrationKey, userId, keyId, redirectUri }) => {
        const key = keyId === null ? null : vault.view(keyId)
        return {
          integrationKey,
          userIds: [userId],
          publicKeyPems: key ? [key.publicKeyPem] : [],
          redirectUris: [redirectUri],
        }
      }),
    )
  }

  /** A key that opens nothing but this simulator needs no safe: it is made anew for each run and lives in memory. */
  async function provideKeys(): Promise<void> {
    const keyless = simulated().filter(({ keyId }) => keyId === null || vault.view(keyId) === null)
    if (keyless.length === 0) return
    const { privateKey } = await generateRsa('rsa', { modulusLength: 2048 })
    const key = readPrivateKey(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString())
    if (key.kind !== 'ready') throw deskError('simulator_failed')
    for (const { id, keyId } of keyless) {
      const lentId = keyId ?? randomUUID()
      vault.lend(lentId, key, 'simulator')
      if (keyId === null) profiles.setKey(id, lentId)
    }
  }

  function makeFirstProfile(): void {
    if (profiles.list().length > 0) return
    profiles.save({
      name: 'Simulator',
      environment: 'simulator',
      integrationKey: randomUUID(),
      userId: randomUUID(),
      grant: 'user',
      scopes: defaultScopes('user'),
      assertionLifetimeS: ASSERTION_LIFETIME_S.default,
      autoRenew: false,
      redirectUri: '',
      oauthHost: '',
      restBasePath: '',
    })
  }

  const view = (): SimulatorView => ({
    running: simulator !== null,
    host: simulator?.host ?? '',
    scenario: simulator?.scenario ?? 'normal',
  })

  return {
    async start() {
      makeFirstProfile()
      await Promise.all([ready(), provideKeys()])
      refresh()
      profilesChanged()
    },
    async stop() {
      await simulator?.close()
      simulator = null
      running = undefined
    },
    host: async () => (await ready()).host,
    hostNow: () => simulator?.host ?? '',
    view,
    async setScenario(scenario) {
      const server = await ready()
      server.setScenario(scenario)
      return view()
    },
    refresh,
  }
}
