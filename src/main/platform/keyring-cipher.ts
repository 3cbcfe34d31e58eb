import { randomBytes } from 'node:crypto'
import type { AsyncEntry } from '@napi-rs/keyring'
import { DATA_KEY_BYTES, openBytes, type SealedBytes, sealBytes } from '../core/key-envelope.js'
import type { Cipher, Protection } from '../core/ports.js'

const SERVICE = 'Token Desk'
const ACCOUNT = 'vault-key'
const CONTEXT = 'token-desk-keyring'
/** Long enough to type the password of a locked keyring, milliseconds. */
const ANSWER_TIMEOUT_MS = 60_000

const BACKENDS: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'Secret Service',
  darwin: 'Keychain',
  win32: 'Credential Manager',
}

/**
 * The operating system's keyring, for where safeStorage protects nothing. It holds one 32-byte key: Windows caps a
 * credential at 2,560 bytes, which no RSA key fits. The key is asked for at each use, so that a keyring that was locked
 * stays locked for us too.
 *
 * On Linux pinned to the Secret Service: the package would fall back to the kernel's keyring, which a restart empties.
 */
export function createKeyringCipher(platform: NodeJS.Platform): Cipher {
  const backend = BACKENDS[platform] ?? 'none'

  async function entry(): Promise<AsyncEntry> {
    const { AsyncEntry: Entry } = await import('@napi-rs/keyring')
    return new Entry(SERVICE, ACCOUNT, platform === 'linux' ? { linux: { store: 'secret-service' } } : null)
  }

  /** @throws where there is no store, it stays locked, or it holds no key of ours */
  async function readKey(): Promise<Buffer> {
    const secret = await (await entry()).getSecret(AbortSignal.timeout(ANSWER_TIMEOUT_MS))
    try {
      if (secret?.length !== DATA_KEY_BYTES) throw new Error('no key in the keyring')
      return Buffer.from(secret)
    } finally {
      secret?.fill(0)
    }
  }

  /** Makes the key where the keyring answers and has none. A key that is there is never replaced. */
  async function makeKey(): Promise<void> {
    const store = await entry()
    const present = await store.getSecret(AbortSignal.timeout(ANSWER_TIMEOUT_MS))
    present?.fill(0)
    if (present !== null) return
    const made = randomBytes(DATA_KEY_BYTES)
    try {
      await store.setSecret(made, AbortSignal.timeout(ANSWER_TIMEOUT_MS))
    } finally {
      made.fill(0)
    }
  }

  // One at a time: two that both found none would each make one, and what the first had sealed could not be opened.
  let making: Promise<void> | null = null
  async function readOrMakeKey(): Promise<Buffer> {
    making ??= makeKey().finally(() => {
      making = null
    })
    await making
    // Read back: only what the store returns is what it will return.
    return readKey()
  }

  async function withKey<T>(read: () => Promise<Buffer>, work: (key: Buffer) => T): Promise<T> {
    const key = await read()
    try {
      return work(key)
    } finally {
      key.fill(0)
    }
  }

  return {
    wrapper: 'keyring',
    async probe(): Promise<Protection> {
      try {
        return await withKey(readOrMakeKey, () => ({ protects: true, backend }))
      } catch {
        return { protects: false, backend: 'none' }
      }
    },
    seal: (secret) => withKey(readOrMakeKey, (key) => Buffer.from(JSON.stringify(sealBytes(key, secret, CONTEXT)))),
    open: (sealed) =>
      withKey(readKey, (key) => {
        const parts = JSON.parse(Buffer.from(sealed).toString('utf8')) as SealedBytes
        return { secret: openBytes(key, parts, CONTEXT), stale: false }
      }),
  }
}
