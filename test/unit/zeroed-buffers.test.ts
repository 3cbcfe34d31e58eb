import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createKeyDesk } from '../../src/main/core/key-desk.js'
import { createSafeStorageCipher } from '../../src/main/platform/safe-storage-cipher.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'

/** Buffers that held a key hold nothing afterwards: each one that was made on the way is looked at. */

const { privateKey } = makeRsa()
const pem = pkcs1Pem(privateKey)
const body = pem.replace(/-----[^-]+-----|\s/g, '')
const der = privateKey.export({ type: 'pkcs1', format: 'der' })

let made: Buffer[] = []
beforeEach(() => {
  made = []
  const from = Buffer.from.bind(Buffer) as (...args: unknown[]) => Buffer
  vi.spyOn(Buffer, 'from').mockImplementation(((...args: unknown[]) => {
    const buffer = from(...args)
    made.push(buffer)
    return buffer
  }) as typeof Buffer.from)
})
afterEach(() => vi.restoreAllMocks())

const isZero = (bytes: Uint8Array) => bytes.every((byte) => byte === 0)
/** Those that were long enough for a key: the signature with which a key is tried has 256 octets. */
const keySized = () => made.filter(({ length }) => length > 256)

describe('a key that comes in', () => {
  it.each<[string, string | Uint8Array]>([
    ['as PEM', pem],
    ['on one line', body],
    ['as base64 of the PEM', btoa(pem)],
    ['as DER', Uint8Array.from(der)],
    ['as the bytes of a PEM', new TextEncoder().encode(pem)],
    ['cut off', pem.slice(0, 900)],
    ['as base64 of something else', btoa(`x${pem.slice(30)}`).replaceAll('\n', '')],
  ])('%s leaves no buffer behind', (_name, source) => {
    const keyDesk = createKeyDesk()
    try {
      const { stagedKeyId } = keyDesk.stage(source)
      expect(keyDesk.peek(stagedKeyId).privateKey.equals(privateKey)).toBe(true)
    } catch (thrown) {
      expect(`${thrown}`).toMatch(/key_(truncated|unreadable)/)
    }
    expect(keySized().length).toBeGreaterThan(0)
    expect(keySized().filter((buffer) => !isZero(buffer))).toEqual([])
  })
  it('encrypted, is held until it is opened or discarded', () => {
    const encrypted = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' })
    const keyDesk = createKeyDesk()
    const held = keyDesk.stage(encrypted.toString()).stagedKeyId
    expect(keySized().every(isZero)).toBe(false)
    keyDesk.unlock(held, 'open')
    expect(keySized().every(isZero)).toBe(true)
    keyDesk.discard(keyDesk.stage(encrypted.toString()).stagedKeyId)
    expect(keySized().every(isZero)).toBe(true)
  })
})

it('a data key that safeStorage seals is not copied: its owner’s zeroing is enough', async () => {
  const dataKey = new Uint8Array(32).fill(7)
  const cipher = createSafeStorageCipher(
    {
      isAsyncEncryptionAvailable: async () => true,
      encryptStringAsync: async () => Buffer.alloc(1),
      decryptStringAsync: async () => ({ result: '', shouldReEncrypt: false }),
      getSelectedStorageBackend: () => 'gnome_libsecret',
    },
    'linux',
  )
  await cipher.seal(dataKey)
  dataKey.fill(0)
  const copies = made.filter(({ length }) => length === dataKey.length)
  expect(copies).toHaveLength(1)
  expect(copies.every(isZero)).toBe(true)
})
