import { sign } from 'node:crypto'
import { createJwtGrant } from '../../src/main/core/jwt-grant.js'
import { createKeyVault } from '../../src/main/core/key-vault.js'
import { systemClock } from '../../src/main/core/system-clock.js'
import { createTokenManager, type TokenSpec } from '../../src/main/core/token-manager.js'
import { FakeCipher } from '../helpers/fake-cipher.js'
import { anyKey } from '../helpers/keys.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { nodeFetch, simulated } from '../helpers/simulated.js'
import { compare, ms, type Row, ratio } from './measure.js'

async function setUp() {
  const { simulator, request } = await simulated()
  const vault = createKeyVault({
    store: new MemoryStore(),
    ciphers: [new FakeCipher()],
    clock: systemClock,
    platform: process.platform,
  })
  const key = await vault.put(anyKey(), 'simulator')
  const manager = createTokenManager({
    clock: systemClock,
    requestToken: createJwtGrant({ fetch: nodeFetch, clock: systemClock }),
    useKey: vault.use,
  })
  const spec: TokenSpec = { ...request, environment: 'simulator', keyId: key.id, keyFingerprint: key.fingerprint }
  return { simulator, manager, spec }
}

/** What a script would do by hand: sign, send, read. */
async function byHand({ oauthHost, integrationKey, userId, scopes }: TokenSpec): Promise<string> {
  const nowS = Math.floor(Date.now() / 1000)
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const head = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iss: integrationKey, sub: userId, aud: oauthHost, iat: nowS, exp: nowS + 600, scope: scopes.join(' ') })}`
  const assertion = `${head}.${sign('RSA-SHA256', Buffer.from(head), anyKey().privateKey).toString('base64url')}`
  const response = await fetch(`http://${oauthHost}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
  })
  return ((await response.json()) as { access_token: string }).access_token
}

export async function freshToken(): Promise<Row> {
  const { simulator, manager, spec } = await setUp()
  const measured = await compare(
    () => manager.get(spec, { fresh: true }),
    () => byHand(spec),
    600,
    300,
  )
  await simulator.close()
  return {
    what: 'A fresh token (manager, sealed vault, docusign-esign) against bare `crypto.sign` + `fetch`, median of 600',
    measured: `${ratio(measured.ratio)} (${ms(measured.aMs)} / ${ms(measured.bMs)})`,
    limit: '1.5 ×',
    kept: measured.ratio <= 1.5,
  }
}

export async function thousandCallers(): Promise<Row> {
  const { simulator, manager, spec } = await setUp()
  await Promise.all(Array.from({ length: 1000 }, () => manager.get(spec)))
  const requests = simulator.tokenRequests
  await simulator.close()
  return {
    what: 'Requests sent for 1,000 callers at once',
    measured: String(requests),
    limit: '1',
    kept: requests === 1,
  }
}
