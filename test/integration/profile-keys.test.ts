import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDesk, type Desk } from '../../src/main/desk/desk.js'
import { deskParts } from '../helpers/desk-parts.js'
import { codeOf, failureOf } from '../helpers/errors.js'
import { FakeCipher } from '../helpers/fake-cipher.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { profileInput } from '../helpers/profile-input.js'

const pems = Array.from({ length: 6 }, () => pkcs1Pem(makeRsa().privateKey))

let vaultStore: MemoryStore
let profileStore: MemoryStore
let cipher: FakeCipher
let desk: Desk
let id: string

beforeEach(async () => {
  vaultStore = new MemoryStore()
  profileStore = new MemoryStore()
  cipher = new FakeCipher()
  desk = createDesk(deskParts({ profileStore, vaultStore, ciphers: [cipher] }))
  await desk.simulator.start()
  const stagedKeyId = stage(0)
  id = (await desk.saveProfile(profileInput({ name: 'Mine', environment: 'simulator', stagedKeyId }))).id
})
afterEach(() => desk.simulator.stop())

const stage = (index: number) => desk.keyDesk.stage(pems[index] ?? '').stagedKeyId
const add = (index: number, replace = false) => desk.keys.add(id, stage(index), replace)
const view = () => desk.view(desk.profiles.find(id))
const keyId = (index: number) => view().keys[index]?.id ?? ''
const sealedIds = () => Object.keys(vaultStore.document.keys as object)

describe('a key pair is changed', () => {
  it('without a moment in which no token can be had', async () => {
    const { accessToken } = await desk.tokens.get(id)
    await add(1)
    expect(view().key?.id).toBe(keyId(0))
    expect((await desk.tokens.get(id)).accessToken).toBe(accessToken)

    expect(view().keys[1]?.lastUsedAtMs).toBeNull()
    await desk.keys.verify(id, keyId(1))
    expect(view().keys[1]?.lastUsedAtMs).not.toBeNull()
    expect(view().key?.id).toBe(keyId(0))

    desk.keys.activate(id, keyId(1))
    // The token that the new key was verified with is the profile's now.
    expect(desk.tokens.status(id).token).not.toBeNull()
    expect((await desk.tokens.get(id)).accessToken).not.toBe(accessToken)

    const old = keyId(0)
    desk.keys.retire(id, old)
    expect(view().keys).toHaveLength(1)
    expect(sealedIds()).not.toContain(old)
    expect((await desk.tokens.get(id)).accessToken).toBeTruthy()
  })
  it('and a new key that Docusign does not know changes nothing', async () => {
    const { accessToken } = await desk.tokens.get(id)
    await add(1)
    desk.simulator.setScenario('wrong-key')
    expect(await codeOf(() => desk.keys.verify(id, keyId(1)))).toBe('signature_rejected')
    expect(view().keys[1]?.lastUsedAtMs).toBeNull()
    expect(desk.tokens.status(id).error).toBeNull()
    expect((await desk.tokens.get(id)).accessToken).toBe(accessToken)
  })
})

describe('refused, with nothing changed, is', () => {
  it('a sixth key', async () => {
    for (const index of [1, 2, 3, 4]) await add(index)
    expect(await codeOf(() => add(5))).toBe('key_limit')
    expect(view().keys).toHaveLength(5)
    expect(sealedIds()).toHaveLength(5)
  })
  it('the same key again, unless it is wanted: then the new record takes the old one’s place', async () => {
    await add(1)
    const [first, second] = view().keys.map(({ id }) => id)
    expect(await codeOf(() => add(0))).toBe('key_present')
    await add(0, true)
    expect(view().keys[0]?.id).not.toBe(first)
    expect(view().keys[1]?.id).toBe(second)
    expect(view().key?.id).toBe(keyId(0))
    expect(sealedIds().sort()).toEqual(
      view()
        .keys.map(({ id }) => id)
        .sort(),
    )
  })
  it('retiring the key that signs while another is there', async () => {
    await add(1)
    expect(await codeOf(() => desk.keys.retire(id, keyId(0)))).toBe('key_active')
  })
  it('a key of another profile, or none', async () => {
    const other = desk.profiles.list().find(({ name }) => name === 'Simulator')
    const foreign = other?.keyId ?? ''
    expect(await codeOf(() => desk.keys.verify(id, foreign))).toBe('key_missing')
    expect(await codeOf(() => desk.keys.activate(id, foreign))).toBe('key_missing')
    expect(await codeOf(() => desk.keys.retire(id, 'constructor'))).toBe('key_missing')
  })
  it('adding on a full disk', async () => {
    profileStore.full = true
    expect(await codeOf(() => add(1))).toBe('save_failed')
    expect(sealedIds()).toHaveLength(1)
    expect(view().keys).toHaveLength(1)
  })
})

describe('a disk that refuses halfway', () => {
  it('does not hide what was wrong before', async () => {
    const write = vaultStore.write.bind(vaultStore)
    vaultStore.write = (document) => {
      write(document)
      vaultStore.full = true
    }
    const input = profileInput({ name: 'Other', environment: 'simulator', stagedKeyId: stage(1), userId: 'nobody' })
    expect(await codeOf(() => desk.saveProfile(input))).toBe('profile_invalid')
  })
  it('keeps a removed key no longer than until the next change', async () => {
    const [id_] = sealedIds()
    vaultStore.full = true
    desk.removeProfile(id)
    expect(sealedIds()).toEqual([id_])
    vaultStore.full = false
    await desk.saveProfile(profileInput({ name: 'Other', environment: 'simulator' }))
    expect(sealedIds()).toEqual([])
  })
})

describe('a key that no longer opens', () => {
  it('is stored anew on request, and its old record is kept until then', async () => {
    const [locked] = sealedIds()
    const keys = vaultStore.document.keys as Record<string, object>
    vaultStore.document = {
      ...vaultStore.document,
      keys: { [locked ?? '']: { ...keys[locked ?? ''], ciphertext: 'AAAA' } },
    }
    await desk.keys.check(id)
    expect(view().key?.lockedBecause).toBeTruthy()
    expect(await codeOf(() => add(0))).toBe('key_present')
    expect(sealedIds()).toEqual([locked])
    await add(0, true)
    expect((await desk.tokens.get(id)).accessToken).toBeTruthy()
    expect(sealedIds()).toEqual([keyId(0)])
  })
})

it('a profile that was moved to another environment does not sign with its old key', async () => {
  const { key: _, keys: __, ...input } = view()
  await desk.saveProfile({ ...input, environment: 'demo', oauthHost: '', restBasePath: '' })
  expect(await failureOf(() => desk.tokens.get(id))).toMatchObject({ code: 'key_other_environment' })
  expect(view().keys).toHaveLength(1)
})

it('a file from the time of one key per profile still has its key', () => {
  const [saved] = (profileStore.document.profiles as { name: string }[]).filter(({ name }) => name === 'Mine')
  const { keyIds: _, ...old } = saved as unknown as Record<string, unknown>
  profileStore.document = { ...profileStore.document, profiles: [old] }
  desk = createDesk(deskParts({ profileStore, vaultStore, ciphers: [cipher] }))
  expect(view().keys.map(({ id }) => id)).toEqual([old.keyId])
})
