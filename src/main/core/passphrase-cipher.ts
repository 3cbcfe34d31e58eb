import { randomBytes } from 'node:crypto'
import { deskError } from './desk-error.js'
import { openBytes, type SealedBytes, sealBytes } from './key-envelope.js'
import { deriveKey, MIN_PASSPHRASE_LENGTH, SALT_BYTES, SCRYPT_COST } from './passphrase-key.js'
import type { Cipher, DocumentStore } from './ports.js'

/** A passphrase of the user's, for where the computer protects nothing. It is never kept; what it derives is, until the app ends. */
export interface PassphraseCipher extends Cipher {
  state(): 'none' | 'locked' | 'open'
  /**
   * Sets the first passphrase, which opens the cipher.
   * @throws DeskError `passphrase_invalid` when it is too short or one is set already, `save_failed`
   */
  set(passphrase: string): Promise<void>
  /** @throws DeskError `passphrase_wrong` */
  unlock(passphrase: string): Promise<void>
}

const CHECK_CONTEXT = 'token-desk-passphrase-check'
const WRAP_CONTEXT = 'token-desk-passphrase'

/** What the vault's document says of the passphrase: how to derive its key, and how to tell a wrong one. */
interface Setting {
  readonly salt: string
  readonly N: number
  readonly r: number
  readonly p: number
  readonly check: SealedBytes
}

export function createPassphraseCipher(store: DocumentStore): PassphraseCipher {
  let key: Buffer | null = null

  const setting = (): Setting | null => {
    const { passphrase } = store.read()
    return isSetting(passphrase) ? passphrase : null
  }
  /** One that cannot be read counts too: keys may be sealed with it. */
  const isSet = () => store.read().passphrase !== undefined
  const openKey = (): Buffer => {
    if (!key) throw deskError('key_locked')
    return key
  }

  return {
    wrapper: 'passphrase',
    state: () => (!isSet() ? 'none' : key ? 'open' : 'locked'),
    async set(passphrase) {
      if (isSet() || passphrase.length < MIN_PASSPHRASE_LENGTH) throw deskError('passphrase_invalid')
      const salt = randomBytes(SALT_BYTES)
      const derived = await deriveKey(passphrase, salt, SCRYPT_COST)
      try {
        // Again, for deriving takes its time: another call may have set one, and keys may be sealed with it already.
        if (isSet()) throw deskError('passphrase_invalid')
        const check = sealBytes(derived, Buffer.from(CHECK_CONTEXT), CHECK_CONTEXT)
        store.write({
          ...store.read(),
          passphrase: { salt: salt.toString('base64'), ...SCRYPT_COST, check } satisfies Setting,
        })
      } catch (thrown) {
        derived.fill(0)
        throw thrown
      }
      key = derived
    },
    async unlock(passphrase) {
      const present = setting()
      if (!present) throw deskError('passphrase_wrong')
      const derived = await deriveKey(passphrase, Buffer.from(present.salt, 'base64'), present)
      try {
        openBytes(derived, present.check, CHECK_CONTEXT)
      } catch {
        derived.fill(0)
        throw deskError('passphrase_wrong')
      }
      key?.fill(0)
      key = derived
    },
    probe: async () => ({ protects: key !== null, backend: 'passphrase' }),
    async seal(secret) {
      return Buffer.from(JSON.stringify(sealBytes(openKey(), secret, WRAP_CONTEXT)))
    },
    async open(sealed) {
      const parts = JSON.parse(Buffer.from(sealed).toString('utf8')) as SealedBytes
      return { secret: openBytes(openKey(), parts, WRAP_CONTEXT), stale: false }
    },
  }
}

/** Weaker costs than ours are not believed: whoever can write the file would choose them. */
function isSetting(value: unknown): value is Setting {
  if (typeof value !== 'object' || value === null) return false
  const { salt, N, r, p, check } = value as Record<string, unknown>
  const costs =
    typeof N === 'number' &&
    N >= SCRYPT_COST.N &&
    typeof r === 'number' &&
    r >= SCRYPT_COST.r &&
    typeof p === 'number' &&
    p >= SCRYPT_COST.p
  return costs && typeof salt === 'string' && typeof check === 'object' && check !== null
}
