import { createCipheriv, createDecipheriv, pbkdf2Sync, randomBytes } from 'node:crypto'
import type { SafeStorage } from 'electron'
import { guard } from './guard.js'
import { systemKey } from './keyring-key.js'

/**
 * Chromium's own fallback key for Linux without a keyring, made from words that are in its source. It hides nothing:
 * whoever has the file can open it. Kept as weak as the original and marked by the same prefix, so that an app that
 * checks for it (as it must) sees the truth.
 * https://source.chromium.org/chromium/chromium/src/+/main:components/os_crypt/sync/os_crypt_linux.cc
 */
const wellKnownKey = pbkdf2Sync('peanuts', 'saltysalt', 1, 32, 'sha1')
const WELL_KNOWN = 'v10'
const FROM_SYSTEM = 'v11'
const NONCE_BYTES = 12
const TAG_BYTES = 16

let backend: ReturnType<SafeStorage['getSelectedStorageBackend']> = 'unknown'

async function key(): Promise<{ readonly prefix: string; readonly bytes: Buffer }> {
  const bytes = await systemKey()
  if (process.platform === 'linux') backend = bytes ? 'gnome_libsecret' : 'basic_text'
  return bytes ? { prefix: FROM_SYSTEM, bytes } : { prefix: WELL_KNOWN, bytes: wellKnownKey }
}

export const safeStorage = guard('electron.safeStorage', {
  isAsyncEncryptionAvailable: () =>
    key().then(
      () => true,
      // A keyring that is there but stays shut: not the same as none.
      () => false,
    ),
  async encryptStringAsync(plainText) {
    const { prefix, bytes } = await key()
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', bytes, nonce)
    const sealed = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()])
    return Buffer.concat([Buffer.from(prefix), nonce, sealed, cipher.getAuthTag()])
  },
  async decryptStringAsync(encrypted) {
    const present = await key()
    const prefix = encrypted.subarray(0, 3).toString('latin1')
    if (prefix !== present.prefix && prefix !== WELL_KNOWN) throw new Error('Sealed with a key that is not here')
    const start = prefix.length + NONCE_BYTES
    const bytes = prefix === WELL_KNOWN ? wellKnownKey : present.bytes
    const cipher = createDecipheriv('aes-256-gcm', bytes, encrypted.subarray(prefix.length, start))
    cipher.setAuthTag(encrypted.subarray(-TAG_BYTES))
    // GCM's last part is empty: it only says whether the tag is right.
    const plain = cipher.update(encrypted.subarray(start, -TAG_BYTES))
    cipher.final()
    const result = plain.toString('utf8')
    plain.fill(0)
    return { result, shouldReEncrypt: prefix !== present.prefix }
  },
  /** Known once one of the asynchronous calls has answered; before that `unknown`, as Electron says before `ready`. */
  getSelectedStorageBackend: () => backend,
} satisfies Partial<SafeStorage>)
