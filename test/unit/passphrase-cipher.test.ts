import { beforeEach, describe, expect, it } from 'vitest'
import { createKeyVault } from '../../src/main/core/key-vault.js'
import { createPassphraseCipher } from '../../src/main/core/passphrase-cipher.js'
import { codeOf } from '../helpers/errors.js'
import { FakeCipher } from '../helpers/fake-cipher.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { anyKey } from '../helpers/keys.js'
import { MemoryStore } from '../helpers/memory-store.js'

const PASSPHRASE = 'correct horse battery'

let store: MemoryStore
beforeEach(() => {
  store = new MemoryStore()
})

// Deriving takes its time on purpose.
describe('a passphrase', { timeout: 30_000 }, () => {
  it('seals keys that open again after a restart, once it is given', async () => {
    const cipher = createPassphraseCipher(store)
    expect(cipher.state()).toBe('none')
    await cipher.set(PASSPHRASE)
    const first = createKeyVault({ store, ciphers: [cipher], clock: new FakeClock(), platform: 'linux' })
    const { id, protection } = await first.put(anyKey(), 'demo')
    expect(protection).toBe('sealed')

    const again = createPassphraseCipher(store)
    const vault = createKeyVault({ store, ciphers: [again], clock: new FakeClock(), platform: 'linux' })
    expect(again.state()).toBe('locked')
    expect(await codeOf(() => vault.use(id, async () => 1))).toBe('key_locked')
    expect(await codeOf(() => again.unlock('incorrect horse'))).toBe('passphrase_wrong')
    await again.unlock(PASSPHRASE)
    expect(await vault.use(id, async () => 'opened')).toBe('opened')
  })
  it('is not in the document, nor what it derives', async () => {
    await createPassphraseCipher(store).set(PASSPHRASE)
    expect(JSON.stringify(store.document)).not.toContain(PASSPHRASE)
    expect(store.document.passphrase).toMatchObject({ N: 2 ** 17, r: 8, p: 1 })
  })
  it('is refused when short, and not replaced once set', async () => {
    const cipher = createPassphraseCipher(store)
    expect(await codeOf(() => cipher.set('short'))).toBe('passphrase_invalid')
    await cipher.set(PASSPHRASE)
    expect(await codeOf(() => cipher.set('another long passphrase'))).toBe('passphrase_invalid')
  })
  it('set twice at once is set once', async () => {
    const cipher = createPassphraseCipher(store)
    const outcomes = await Promise.allSettled([cipher.set(PASSPHRASE), cipher.set('another long passphrase')])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const winner = outcomes[0]?.status === 'fulfilled' ? PASSPHRASE : 'another long passphrase'
    await createPassphraseCipher(store).unlock(winner)
  })
  it('is not set when the disk refuses', async () => {
    const cipher = createPassphraseCipher(store)
    store.full = true
    expect(await codeOf(() => cipher.set(PASSPHRASE))).toBe('save_failed')
    expect(cipher.state()).toBe('none')
  })
  it('typed on another keyboard is the same passphrase', async () => {
    await createPassphraseCipher(store).set('Zürich, am Morgen')
    const again = createPassphraseCipher(store)
    await again.unlock('Zu\u0308rich, am Morgen')
    expect(again.state()).toBe('open')
  })
  it('with costs that somebody lowered is not believed', async () => {
    await createPassphraseCipher(store).set(PASSPHRASE)
    store.document = { passphrase: { ...(store.document.passphrase as object), N: 2 } }
    const again = createPassphraseCipher(store)
    expect(again.state()).toBe('locked')
    expect(await codeOf(() => again.unlock(PASSPHRASE))).toBe('passphrase_wrong')
    expect(await codeOf(() => again.set(PASSPHRASE))).toBe('passphrase_invalid')
  })
})

describe('when something better comes up', () => {
  it('a record moves to it at its next use, and opens there', async () => {
    const [weak, better] = [new FakeCipher('keyring'), new FakeCipher('safe-storage')]
    better.protects = false
    const vault = (ciphers: FakeCipher[]) =>
      createKeyVault({ store, ciphers, clock: new FakeClock(), platform: 'linux' })
    const { id } = await vault([better, weak]).put(anyKey(), 'demo')
    const wrapperOf = () => (store.document.keys as Record<string, { wrapper: string }>)[id]?.wrapper
    expect(wrapperOf()).toBe('keyring')
    better.protects = true
    await vault([better, weak]).use(id, async () => 1)
    expect(wrapperOf()).toBe('safe-storage')
    weak.locked = true
    expect(await vault([better, weak]).use(id, async () => 'opened')).toBe('opened')
  })
  it('a record whose store asks for it is sealed again', async () => {
    const cipher = new FakeCipher()
    const vault = () => createKeyVault({ store, ciphers: [cipher], clock: new FakeClock(), platform: 'linux' })
    const { id } = await vault().put(anyKey(), 'demo')
    const sealed = () => (store.document.keys as Record<string, { wrappedKey: string }>)[id]?.wrappedKey
    const before = sealed()
    await vault().use(id, async () => 1)
    expect(sealed()).toBe(before)
    cipher.stale = true
    await vault().use(id, async () => 1)
    expect(sealed()).not.toBe(before)
  })
  it('a full disk leaves the old record, which still opens', async () => {
    const cipher = new FakeCipher()
    const vault = () => createKeyVault({ store, ciphers: [cipher], clock: new FakeClock(), platform: 'linux' })
    const { id } = await vault().put(anyKey(), 'demo')
    const kept = structuredClone(store.document)
    cipher.stale = true
    store.full = true
    expect(await vault().use(id, async () => 'opened')).toBe('opened')
    expect(store.document).toEqual(kept)
  })
})
