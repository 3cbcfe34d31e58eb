import { scrypt } from 'node:crypto'
import { deskError } from './desk-error.js'
import { DATA_KEY_BYTES } from './key-envelope.js'

export interface ScryptCost {
  readonly N: number
  readonly r: number
  readonly p: number
}

/** OWASP's Password Storage Cheat Sheet: scrypt with N = 2^17, r = 8, p = 1 at least. Takes about 128 MiB. */
export const SCRYPT_COST = { N: 2 ** 17, r: 8, p: 1 } as const
export const SALT_BYTES = 16
export const MIN_PASSPHRASE_LENGTH = 12
const MAX_MEMORY_BYTES = 256 * 1024 * 1024

/**
 * The key that a passphrase stands for. The caller zeroes it.
 * @throws DeskError `passphrase_wrong` also where the cost is more than this computer is asked to bear
 */
export function deriveKey(passphrase: string, salt: Uint8Array, { N, r, p }: ScryptCost): Promise<Buffer> {
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
