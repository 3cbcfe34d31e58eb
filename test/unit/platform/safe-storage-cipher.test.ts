import { describe, expect, it } from 'vitest'
import { createSafeStorageCipher } from '../../../src/main/platform/safe-storage-cipher.js'

type Backend = ReturnType<Electron.SafeStorage['getSelectedStorageBackend']>

/** What Electron's module answers; the real one is exercised where the real one runs. */
function storage(change: { available?: boolean | Error; prefix?: string; backend?: Backend }) {
  const { available = true, prefix = 'v11', backend = 'gnome_libsecret' } = change
  return {
    isAsyncEncryptionAvailable: async () => {
      if (available instanceof Error) throw available
      return available
    },
    encryptStringAsync: async (text: string) => Buffer.from(prefix + text),
    decryptStringAsync: async (bytes: Buffer) => ({
      result: bytes.toString().slice(prefix.length),
      shouldReEncrypt: false,
    }),
    getSelectedStorageBackend: () => backend,
  }
}

describe('whether safeStorage protects', () => {
  it.each<[string, NodeJS.Platform, Parameters<typeof storage>[0], boolean]>([
    ['a Linux keyring', 'linux', {}, true],
    ['Linux with the hard-coded key', 'linux', { prefix: 'v10' }, false],
    ['Linux whose backend is plain text', 'linux', { backend: 'basic_text' }, false],
    ['Linux whose backend is unknown', 'linux', { backend: 'unknown' }, false],
    ['nothing available', 'linux', { available: false }, false],
    ['a call that fails', 'linux', { available: new Error('no bus') }, false],
    ['macOS, whose prefix is v10 by right', 'darwin', { prefix: 'v10', backend: 'unknown' }, true],
    ['Windows', 'win32', { prefix: 'v10', backend: 'unknown' }, true],
  ])('%s', async (_name, platform, change, protects) => {
    expect((await createSafeStorageCipher(storage(change), platform).probe()).protects).toBe(protects)
  })
})

it('bytes come back as they were', async () => {
  const cipher = createSafeStorageCipher(storage({}), 'linux')
  const secret = Uint8Array.from([0, 255, 10, 13, 128])
  const opened = await cipher.open(await cipher.seal(secret))
  expect(new Uint8Array(opened.secret)).toEqual(secret)
  expect(opened.stale).toBe(false)
})
