import { randomBytes, scrypt } from 'node:crypto'
import { deskError } from './desk-error.js'
import { DATA_KEY_BYTES, openBytes, type SealedBytes, sealBytes } from './key-envelope.js'
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

/** OWASP's Password Storage Cheat Sheet: scrypt with N = 2^17, r = 8, p = 1 at least. Takes about 128 MiB. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const
const MAX_MEMORY_BYTES = 256 * 1024 * 1024
const MIN_LENGTH = 12
const SALT_BYTES = 16
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
      if (isSet() || passphrase.length < MIN_LENGTH) throw deskError('passphrase_invalid')
      const salt = randomBytes(SALT_BYTES)
      const derived = await derive(passphrase, salt, COST)
      try {
        // Again, for deriving takes its time: another call may have set one, and keys may be sealed with it already.
        if (isSet()) throw deskError('passphrase_invalid')
        const check = sealBytes(derived, Buffer.from(CHECK_CONTEXT), CHECK_CONTEXT)
        store.write({
          ...store.read(),
          passphrase: { salt: salt.toString('base64'), ...COST, check } satisfies Setting,
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
      const derived = await derive(passphrase, Buffer.from(present.salt, 'base64'), present)
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

function derive(
  passphrase: string,
  salt: Uint8Array,
  { N, r, p }: { N: number; r: number; p: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // NFC: the same letters typed on another keyboard or system may come in another form. RFC 8265 section 4.2.2.
    scrypt(
      passphrase.normalize('NFC'),
      salt,
      DATA_KEY_BYTES,
      { N, r, p, maxmem: MAX_MEMORY_BYTES },
      (error, derived) => (error ? reject(deskError('passphrase_wrong')) : resolve(derived)),
    )
  })
}

/** Weaker costs than ours are not believed: whoever can write the file would choose them. */
function isSetting(value: unknown): value is Setting {
  if (typeof value !== 'object' || value === null) return false
  const { salt, N, r, p, check } = value as Record<string, unknown>
  const costs =
    typeof N === 'number' && N >= COST.N && typeof r === 'number' && r >= COST.r && typeof p === 'number' && p >= COST.p
  return costs && typeof salt === 'string' && typeof check === 'object' && check !== null
}
