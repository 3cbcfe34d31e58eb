import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createKeyVault, type KeyVault } from '../../src/main/core/key-vault.js'
import { KEEP_OPEN_MS } from '../../src/main/core/open-keys.js'
import { codeOf, failureOf } from '../helpers/errors.js'
import { FakeCipher } from '../helpers/fake-cipher.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { anyKey, pkcs1Pem, pkcs8Pem } from '../helpers/keys.js'
import { MemoryStore } from '../helpers/memory-store.js'

let store: MemoryStore
let cipher: FakeCipher
const open = (platform = 'linux'): KeyVault =>
  createKeyVault({ store, ciphers: [cipher], clock: new FakeClock(), platform })
const fingerprintIn = (vault: KeyVault, id: string) =>
  vault.use(id, async (key) => pkcs1Pem(key) === pkcs1Pem(anyKey().privateKey))

beforeEach(() => {
  store = new MemoryStore()
  cipher = new FakeCipher()
})

describe('where the system protects keys', () => {
  it('a key is sealed, and opens again after a restart', async () => {
    const { id, protection } = await open().put(anyKey(), 'demo')
    expect(protection).toBe('sealed')
    expect(await fingerprintIn(open(), id)).toBe(true)
    expect(await open().status()).toMatchObject({ state: 'sealed' })
  })
  it('nothing of the private key is readable in the document', async () => {
    await open().put(anyKey(), 'demo')
    const written = JSON.stringify(store.document)
    for (const pem of [pkcs1Pem(anyKey().privateKey), pkcs8Pem(anyKey().privateKey)]) {
      const lines = pem.split('\n').filter((line) => line.length === 64)
      expect(lines.some((line) => written.includes(line))).toBe(false)
    }
    expect(written).not.toContain('PRIVATE')
  })
  it('the record names what sealed it', async () => {
    const { id } = await open().put(anyKey(), 'demo')
    expect((store.document.keys as Record<string, unknown>)[id]).toMatchObject({
      wrapper: 'safe-storage',
      platform: 'linux',
      backend: 'gnome_libsecret',
      environment: 'demo',
    })
  })
  it('a key that could not be written is not kept', async () => {
    const vault = open()
    store.full = true
    expect(await codeOf(() => vault.put(anyKey(), 'demo'))).toBe('save_failed')
    store.full = false
    expect(store.document).toEqual({})
  })
  it('two keys at once are both kept', async () => {
    const vault = open()
    const views = await Promise.all([vault.put(anyKey(), 'demo'), vault.put(anyKey(), 'demo')])
    for (const { id } of views) expect(open().view(id)).not.toBeNull()
  })
  it('a key that is removed while its record is being sealed again does not come back', async () => {
    const { id } = await open().put(anyKey(), 'demo')
    cipher.stale = true
    const vault = open()
    const sealing = cipher.seal.bind(cipher)
    cipher.seal = async (secret) => {
      vault.remove(id)
      return sealing(secret)
    }
    expect(await codeOf(() => vault.use(id, async () => 1))).toBe('key_missing')
    expect(store.document.keys).toEqual({})
  })
  it('a removed key is gone', async () => {
    const vault = open()
    const { id } = await vault.put(anyKey(), 'demo')
    vault.remove(id)
    expect(vault.view(id)).toBeNull()
    expect(await codeOf(() => vault.use(id, async () => 1))).toBe('key_missing')
  })
})

describe('a record that cannot be opened', () => {
  it('is locked, kept, and opens once the keyring does', async () => {
    const { id } = await open().put(anyKey(), 'demo')
    const before = structuredClone(store.document)
    const vault = open()
    cipher.locked = true
    expect(await failureOf(() => vault.use(id, async () => 1))).toMatchObject({ code: 'key_locked', retryable: true })
    expect(store.document).toEqual(before)
    cipher.locked = false
    expect(await fingerprintIn(vault, id)).toBe(true)
  })
  it.each([
    ['moved to another environment', (record: Record<string, unknown>) => ({ ...record, environment: 'production' })],
    ['passed off as another', (record: Record<string, unknown>) => ({ ...record, id: 'other' })],
    [
      'changed by a bit',
      (record: Record<string, unknown>) => ({
        ...record,
        ciphertext: String(record.ciphertext).replace(/^./, (first) => (first === 'A' ? 'B' : 'A')),
      }),
    ],
  ])('because it was %s stays locked', async (_name, change) => {
    const { id } = await open().put(anyKey(), 'demo')
    const keys = store.document.keys as Record<string, Record<string, unknown>>
    store.document = { ...store.document, keys: { [id]: change(keys[id] ?? {}) } }
    expect(await codeOf(() => open().use(id, async () => 1))).toBe('key_locked')
  })
  it('says when it comes from another kind of computer, or another key store', async () => {
    const { id } = await open('darwin').put(anyKey(), 'demo')
    cipher.locked = true
    expect((await failureOf(() => open('linux').use(id, async () => 1))).message).toContain('another kind of computer')
    cipher.backend = 'kwallet6'
    expect((await failureOf(() => open('darwin').use(id, async () => 1))).message).toContain('gnome_libsecret')
  })
  it('and entries of a newer version survive every change', async () => {
    store.document = { schemaVersion: 1, note: 'mine', keys: { future: { version: 9 } } }
    const vault = open()
    const { id } = await vault.put(anyKey(), 'demo')
    vault.remove(id)
    expect(store.document).toMatchObject({ note: 'mine', keys: { future: { version: 9 } } })
    expect(vault.view('constructor')).toBeNull()
  })
  it('in a document of a newer version is left alone, and nothing is written over it', async () => {
    store.document = { schemaVersion: 2, keys: {} }
    expect(await failureOf(() => open().put(anyKey(), 'demo'))).toMatchObject({ code: 'save_failed', retryable: false })
    expect(store.document).toEqual({ schemaVersion: 2, keys: {} })
  })
  it('and cannot even be read is a locked key that says so, not a missing one', async () => {
    store.document = { schemaVersion: 1, keys: { future: { version: 9 }, damaged: 'x' } }
    for (const id of ['future', 'damaged']) {
      expect(open().view(id)).toMatchObject({ id, lockedBecause: expect.stringContaining('damaged') })
      expect(await failureOf(() => open().use(id, async () => 1))).toMatchObject({
        code: 'key_locked',
        retryable: false,
      })
    }
  })
  it('and stands in another one’s place is not taken for it', async () => {
    const { id } = await open().put(anyKey(), 'demo')
    const keys = store.document.keys as Record<string, unknown>
    store.document = { ...store.document, keys: { other: keys[id] } }
    expect(await codeOf(() => open().use('other', async () => 1))).toBe('key_locked')
  })
  it('is shown as locked with the reason once that is known, until it opens', async () => {
    const { id } = await open().put(anyKey(), 'demo')
    const vault = open()
    cipher.locked = true
    expect(vault.view(id)?.lockedBecause).toBeNull()
    expect(await vault.check([id])).toBe(true)
    expect(vault.view(id)?.lockedBecause).toContain('key store')
    expect(await vault.check([id])).toBe(false)
    cipher.locked = false
    expect(await vault.check([id, 'unknown'])).toBe(true)
    expect(vault.view(id)?.lockedBecause).toBeNull()
  })
})

describe('an opened key', () => {
  it('stays open for ten seconds after its last use, then the key store is asked again', async () => {
    vi.useFakeTimers()
    try {
      const vault = open()
      const { id } = await vault.put(anyKey(), 'demo')
      await vault.use(id, async () => 1)
      cipher.locked = true
      vi.advanceTimersByTime(KEEP_OPEN_MS - 1)
      expect(await vault.use(id, async () => 2)).toBe(2)
      vi.advanceTimersByTime(KEEP_OPEN_MS)
      expect(await codeOf(() => vault.use(id, async () => 3))).toBe('key_locked')
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('where nothing protects keys', () => {
  beforeEach(() => {
    cipher.protects = false
    cipher.backend = 'basic_text'
  })
  it('a key is kept in memory, nothing is written, and the status says so', async () => {
    const vault = open()
    const { id, protection } = await vault.put(anyKey(), 'demo')
    expect(protection).toBe('memory')
    expect(await fingerprintIn(vault, id)).toBe(true)
    expect(store.writes).toBe(0)
    expect(open().view(id)).toBeNull()
    expect(await vault.status()).toMatchObject({
      state: 'memory-only',
      hint: expect.stringContaining('Secret Service'),
    })
  })
})

it('a lent key is never written, even where the system would protect it', async () => {
  const vault = open()
  vault.lend('simulator-key', anyKey(), 'simulator')
  expect(vault.view('simulator-key')).toMatchObject({ protection: 'memory' })
  expect(store.writes).toBe(0)
})
