import { generateKeyPair, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { blankProfile } from '../../shared/profile-rules.js'
import type { Scenario } from '../../shared/views.js'
import { deskError } from '../core/desk-error.js'
import type { KeyVault } from '../core/key-vault.js'
import { readPrivateKey } from '../core/private-key.js'
import type { Profiles } from '../core/profiles.js'
import { type Simulator, startSimulator } from '../simulator/server.js'

/** The simulator as the app runs it: one server, which knows every profile of the simulator environment. */
export interface SimulatorDesk {
  /**
   * Starts the server, makes the first profile where there is none, and gives a key to simulator profiles without one.
   * @throws DeskError `simulator_failed`, `save_failed`
   */
  start(): Promise<void>
  stop(): Promise<void>
  /** `host:port`; empty while it does not listen. */
  host(): string
  scenario(): Scenario
  /** @throws DeskError `simulator_failed` while it does not listen */
  setScenario(scenario: Scenario): void
  /** Tells the server of profiles that came, changed or went. */
  refresh(): void
}

const generateRsa = promisify(generateKeyPair)

export function createSimulatorDesk({ profiles, vault }: { profiles: Profiles; vault: KeyVault }): SimulatorDesk {
  let server: Simulator | null = null

  const simulated = () => profiles.list().filter(({ environment }) => environment === 'simulator')

  function refresh(): void {
    server?.register(
      simulated().map(({ integrationKey, userId, keyIds, redirectUri }) => ({
        integrationKey,
        userIds: [userId],
        publicKeyPems: keyIds.flatMap((keyId) => vault.view(keyId)?.publicKeyPem || []),
        redirectUris: [redirectUri],
      })),
    )
  }

  /** A key that opens nothing but this simulator needs no safe: it is made anew for each run and lives in memory. */
  async function provideKeys(): Promise<void> {
    const keyless = simulated().filter(({ keyId }) => keyId === null || vault.view(keyId) === null)
    if (keyless.length === 0) return
    const { privateKey } = await generateRsa('rsa', { modulusLength: 2048 })
    const key = readPrivateKey(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString())
    if (key.kind !== 'ready') throw deskError('simulator_failed')
    for (const { id, keyId, keyIds } of keyless) {
      const lentId = keyId ?? randomUUID()
      vault.lend(lentId, key, 'simulator')
      if (keyId === null) profiles.setKeys(id, { keyIds: [...keyIds, lentId], keyId: lentId })
    }
  }

  function makeFirstProfile(): void {
    if (profiles.list().length > 0) return
    const ids = { integrationKey: randomUUID(), userId: randomUUID() }
    profiles.save({ ...blankProfile(), ...ids, name: 'Simulator', environment: 'simulator' })
  }

  async function listen(): Promise<void> {
    try {
      server = await startSimulator()
    } catch {
      throw deskError('simulator_failed')
    }
  }

  return {
    async start() {
      makeFirstProfile()
      await Promise.all([listen(), provideKeys()])
      refresh()
    },
    async stop() {
      await server?.close()
      server = null
    },
    host: () => server?.host ?? '',
    scenario: () => server?.scenario ?? 'normal',
    setScenario(scenario) {
      if (!server) throw deskError('simulator_failed')
      server.setScenario(scenario)
    },
    refresh,
  }
}
