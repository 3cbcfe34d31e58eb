import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deskError } from '../../src/main/core/desk-error.js'
import { createDesk, type Desk } from '../../src/main/desk/desk.js'
import type { TokenStatus } from '../../src/shared/views.js'
import { deskParts } from '../helpers/desk-parts.js'
import { codeOf, failureOf } from '../helpers/errors.js'
import { FakeCipher } from '../helpers/fake-cipher.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { profileInput } from '../helpers/profile-input.js'

const pem = pkcs1Pem(makeRsa().privateKey)

let profileStore: MemoryStore
let vaultStore: MemoryStore
let cipher: FakeCipher
let clock: FakeClock
let told: TokenStatus[]
let failed: [string, string][]
let desk: Desk
const makeDesk = () =>
  createDesk(
    deskParts({
      profileStore,
      vaultStore,
      ciphers: [cipher],
      clock,
      tokenChanged: (status) => told.push(status),
      renewalFailed: (profileId, { code }) => failed.push([profileId, code]),
    }),
  )

beforeEach(async () => {
  profileStore = new MemoryStore()
  vaultStore = new MemoryStore()
  cipher = new FakeCipher()
  clock = new FakeClock()
  told = []
  failed = []
  desk = makeDesk()
  await desk.simulator.start()
})
afterEach(() => desk.simulator.stop())

const first = () => {
  const [profile] = desk.profiles.list()
  if (!profile) throw new Error('no profile')
  return profile
}
function inputOf(id: string) {
  const { keyId: _, keyIds: __, ...profile } = desk.profiles.find(id)
  return profile
}
const removeKey = (id: string) => desk.keys.retire(id, desk.profiles.find(id).keyId ?? '')
const simulatorInput = (name: string, stagedKeyId?: string) =>
  profileInput({ name, environment: 'simulator', stagedKeyId })

describe('the first start', () => {
  it('has a simulator profile, ready to give a token', async () => {
    expect(desk.view(first())).toMatchObject({
      name: 'Simulator',
      environment: 'simulator',
      key: { protection: 'memory' },
    })
    await desk.tokens.get(first().id)
    const { token, busy, error } = desk.tokens.status(first().id)
    expect(token).toMatchObject({ lifetimeMs: 3_600_000, masked: expect.stringMatching(/^.{4}….{4}$/) })
    expect({ busy, error }).toEqual({ busy: false, error: null })
  })
  it('the next start finds the same profile ready again', async () => {
    const { id } = first()
    await desk.simulator.stop()
    const writes = profileStore.writes
    desk = makeDesk()
    await desk.simulator.start()
    expect(first().id).toBe(id)
    expect(profileStore.writes).toBe(writes)
    expect((await desk.tokens.get(id)).accessToken).toBeTruthy()
  })
  it('a profile list that the user emptied is filled again, one that has others is not', async () => {
    const restart = async () => {
      await desk.simulator.stop()
      desk = makeDesk()
      await desk.simulator.start()
    }
    desk.removeProfile(first().id)
    await restart()
    expect(first().name).toBe('Simulator')
    const other = await desk.saveProfile(profileInput())
    desk.removeProfile(first().id)
    await restart()
    expect(desk.profiles.list().map(({ id }) => id)).toEqual([other.id])
  })
})

describe('what the window is told', () => {
  it('busy, then the token, and never the token itself', async () => {
    const { accessToken } = await desk.tokens.get(first().id)
    expect(told.map(({ busy }) => busy)).toEqual([true, false])
    expect(JSON.stringify(told)).not.toContain(accessToken)
  })
  it('the failure, until the next success', async () => {
    desk.simulator.setScenario('consent-required')
    expect(await codeOf(() => desk.tokens.get(first().id))).toBe('consent_required')
    expect(desk.tokens.status(first().id).error).toMatchObject({ code: 'consent_required', remedy: 'grant-consent' })
    desk.simulator.setScenario('normal')
    await desk.tokens.get(first().id)
    expect(desk.tokens.status(first().id).error).toBeNull()
  })
})

describe('a staged key and a profile are saved together', () => {
  it('and the profile gets its token', async () => {
    const { stagedKeyId } = desk.keyDesk.stage(pem)
    const saved = await desk.saveProfile(simulatorInput('Mine', stagedKeyId))
    expect(saved.key).toMatchObject({ protection: 'sealed' })
    expect((await desk.tokens.get(saved.id)).accessToken).toBeTruthy()
    expect(await codeOf(() => desk.keyDesk.peek(stagedKeyId))).toBe('key_not_staged')
    expect(desk.profiles.selectedId()).toBe(saved.id)
  })
  it('or not at all: a refused profile leaves no key behind, and the key stays staged', async () => {
    const { stagedKeyId } = desk.keyDesk.stage(pem)
    expect(await codeOf(() => desk.saveProfile({ ...simulatorInput('Mine', stagedKeyId), userId: 'nobody' }))).toBe(
      'profile_invalid',
    )
    expect(Object.keys((vaultStore.document.keys as object) ?? {})).toEqual([])
    expect(desk.keyDesk.peek(stagedKeyId).bits).toBe(2048)
  })
  it('and a full disk saves neither', async () => {
    const { stagedKeyId } = desk.keyDesk.stage(pem)
    profileStore.full = true
    expect(await codeOf(() => desk.saveProfile(simulatorInput('Mine', stagedKeyId)))).toBe('save_failed')
    expect(Object.keys((vaultStore.document.keys as object) ?? {})).toEqual([])
  })
})

describe('a change makes the old token void', () => {
  it.each<[string, (id: string) => unknown]>([
    ['changing the user', (id) => desk.saveProfile({ ...simulatorInput('Simulator'), id })],
    [
      'changing the scopes',
      (id) => desk.saveProfile({ ...inputOf(id), scopes: ['signature', 'impersonation', 'cors'] }),
    ],
    ['removing the key', removeKey],
    [
      'activating another key',
      async (id) => {
        await desk.keys.add(id, desk.keyDesk.stage(pem).stagedKeyId, false)
        desk.keys.activate(id, desk.profiles.find(id).keyIds[1] ?? '')
      },
    ],
    ['removing the profile', (id) => desk.removeProfile(id)],
  ])('%s', async (_name, change) => {
    const { id } = first()
    await desk.tokens.get(id)
    await change(id)
    expect(desk.tokens.status(id).token).toBeNull()
  })
  it('a change that it does not depend on leaves it alive', async () => {
    const { id } = first()
    const { accessToken } = await desk.tokens.get(id)
    await desk.saveProfile({ ...inputOf(id), name: 'Renamed', autoRenew: true, redirectUri: 'https://example.com/' })
    expect(desk.tokens.status(id).token).not.toBeNull()
    expect((await desk.tokens.get(id)).accessToken).toBe(accessToken)
  })
  it('an answer on its way is thrown away', async () => {
    const { id } = first()
    desk.simulator.setScenario('slow')
    const late = failureOf(() => desk.tokens.get(id))
    await vi.waitFor(() => expect(desk.tokens.status(id).busy).toBe(true))
    await new Promise((resolve) => setTimeout(resolve, 50))
    removeKey(id)
    expect((await late).code).toBe('superseded')
    expect(desk.tokens.status(id)).toMatchObject({ token: null, busy: false, error: null })
  })
  it('a key that no profile uses any more leaves the vault', async () => {
    const saved = await desk.saveProfile(simulatorInput('Mine', desk.keyDesk.stage(pem).stagedKeyId))
    desk.removeProfile(saved.id)
    expect(vaultStore.document.keys).toEqual({})
  })
  it('a profile without a key says so', async () => {
    removeKey(first().id)
    expect(await failureOf(() => desk.tokens.get(first().id))).toMatchObject({
      code: 'key_missing',
      remedy: 'load-key',
    })
  })
})

describe('renewal in the background', () => {
  const HOUR_MS = 3_600_000

  it('happens five minutes before the end, for profiles that ask for it', async () => {
    await desk.saveProfile({ ...inputOf(first().id), autoRenew: true })
    const { id } = first()
    const { accessToken } = await desk.tokens.get(id)
    await clock.advance(HOUR_MS - 301_000)
    await desk.tokens.renewDue()
    expect((await desk.tokens.get(id)).accessToken).toBe(accessToken)
    await clock.advance(2000)
    await desk.tokens.renewDue()
    expect(desk.tokens.status(id).token?.remainingMs).toBeGreaterThan(HOUR_MS - 5000)
  })
  it('is not needed where the key was verified: its token is told as any other, and an error is gone', async () => {
    const { id, keyId } = first()
    await desk.tokens.verifyKey(id, keyId ?? '')
    desk.tokens.note(id, deskError('consent_denied').appError)
    const requests = desk.activity.list().length
    await desk.tokens.get(id)
    expect(desk.activity.list()).toHaveLength(requests)
    expect(desk.tokens.status(id)).toMatchObject({ error: null, token: { lifetimeMs: HOUR_MS } })
  })
  it('that fails while the token lives is told, waits longer each time, and leaves the token', async () => {
    await desk.saveProfile({ ...inputOf(first().id), autoRenew: true })
    const { id } = first()
    const { accessToken } = await desk.tokens.get(id)
    await clock.advance(HOUR_MS - 299_000)
    desk.simulator.setScenario('html')
    told.length = 0
    const attempts = async () => {
      const before = told.length
      await desk.tokens.renewDue()
      return told.length - before
    }
    expect(await attempts()).toBeGreaterThan(0)
    expect(desk.tokens.status(id)).toMatchObject({ error: { code: 'not_docusign' }, token: { lifetimeMs: HOUR_MS } })
    await clock.advance(14_999)
    expect(await attempts()).toBe(0)
    await clock.advance(1)
    expect(await attempts()).toBeGreaterThan(0)
    await clock.advance(29_999)
    expect(await attempts()).toBe(0)
    // The present token for somebody meanwhile mends nothing: neither is the error gone, nor the wait.
    expect((await desk.tokens.get(id)).accessToken).toBe(accessToken)
    expect(desk.tokens.status(id).error).toMatchObject({ code: 'not_docusign' })
    expect(await attempts()).toBe(0)
    desk.simulator.setScenario('normal')
    await clock.advance(1)
    await desk.tokens.renewDue()
    expect(desk.tokens.status(id).error).toBeNull()
    expect((await desk.tokens.get(id)).accessToken).not.toBe(accessToken)
  })
  it('does not happen without the switch, nor before a first token', async () => {
    await desk.tokens.renewDue()
    expect(told).toEqual([])
    await desk.tokens.get(first().id)
    told.length = 0
    await clock.advance(HOUR_MS)
    await desk.tokens.renewDue()
    expect(told).toEqual([])
  })
  it('stops at a refusal until the user acts, and comes back by itself after a passing failure', async () => {
    await desk.saveProfile({ ...inputOf(first().id), autoRenew: true })
    const { id } = first()
    await desk.tokens.get(id)
    await clock.advance(HOUR_MS - 60_000)
    desk.simulator.setScenario('unknown-user')
    await desk.tokens.renewDue()
    expect(desk.tokens.status(id).error?.code).toBe('user_not_found')
    desk.simulator.setScenario('normal')
    await clock.advance(HOUR_MS)
    await desk.tokens.renewDue()
    expect(desk.tokens.status(id).token).toBeNull()

    await desk.tokens.get(id)
    await clock.advance(HOUR_MS)
    desk.simulator.setScenario('html')
    await desk.tokens.renewDue()
    expect(desk.tokens.status(id).error?.code).toBe('not_docusign')
    desk.simulator.setScenario('normal')
    await desk.tokens.renewDue()
    expect(desk.tokens.status(id).token).toBeNull()
    await clock.advance(60_000)
    await desk.tokens.renewDue()
    expect(desk.tokens.status(id).token).not.toBeNull()
  })
})
