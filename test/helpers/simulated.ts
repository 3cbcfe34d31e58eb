import { randomUUID } from 'node:crypto'
import type { GrantRequest } from '../../src/main/core/jwt-grant.js'
import type { Fetch } from '../../src/main/core/ports.js'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/main/simulator/server.js'
import { anyKey } from './keys.js'

export const nodeFetch: Fetch = (url, init) => fetch(url, init)

export interface Simulated {
  readonly simulator: Simulator
  /** A request that the simulator grants. */
  readonly request: GrantRequest
}

/** A simulator that knows one integration key, one user and `anyKey()`. */
export async function simulated(options?: SimulatorOptions): Promise<Simulated> {
  const simulator = await startSimulator(options)
  const integrationKey = randomUUID()
  const userId = randomUUID()
  simulator.register([{ integrationKey, userIds: [userId], publicKeyPems: [anyKey().publicKeyPem], redirectUris: [] }])
  return {
    simulator,
    request: {
      oauthHost: simulator.host,
      integrationKey,
      userId,
      scopes: ['signature', 'impersonation'],
      assertionLifetimeS: 600,
    },
  }
}
