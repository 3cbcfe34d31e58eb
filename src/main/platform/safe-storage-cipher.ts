import type { SafeStorage } from 'electron'
import type { Cipher, Protection } from '../core/ports.js'

/** Chromium's ciphertext under its hard-coded key begins so: readable by anybody who has the file. */
const UNPROTECTED_PREFIX = 'v10'

type AsyncSafeStorage = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>

/** Electron's safeStorage, through its asynchronous calls: the others leave in Electron 46. Usable after `ready`. */
export function createSafeStorageCipher(safeStorage: AsyncSafeStorage, platform: NodeJS.Platform): Cipher {
  async function seal(secret: Uint8Array): Promise<Buffer> {
    // A view and not a copy, which nobody would zero. The text itself cannot be: safeStorage takes nothing else.
    const view = Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength)
    return safeStorage.encryptStringAsync(view.toString('base64'))
  }

  async function probe(): Promise<Protection> {
    try {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return { protects: false, backend: 'none' }
      if (platform === 'darwin') return { protects: true, backend: 'Keychain' }
      if (platform === 'win32') return { protects: true, backend: 'DPAPI' }
      // Linux says "available" even without a keyring, so trust a canary and the backend's name, both.
      const backend = safeStorage.getSelectedStorageBackend()
      const canary = await seal(Buffer.from('canary'))
      const weak = canary.subarray(0, 3).toString('latin1') === UNPROTECTED_PREFIX
      return { protects: !weak && backend !== 'basic_text' && backend !== 'unknown', backend }
    } catch {
      return { protects: false, backend: 'none' }
    }
  }

  return {
    wrapper: 'safe-storage',
    probe,
    seal,
    async open(sealed) {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(sealed))
      return { secret: Buffer.from(result, 'base64'), stale: shouldReEncrypt }
    },
  }
}
