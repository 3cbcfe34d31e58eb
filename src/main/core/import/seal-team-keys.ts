import { type KeyObject, randomBytes } from 'node:crypto'
import type { ProfileFields } from '../../../shared/views.js'
import { deskError } from '../desk-error.js'
import { openBytes, type SealedBytes, sealBytes } from '../key-envelope.js'
import { deriveKey, MIN_PASSPHRASE_LENGTH, SALT_BYTES, SCRYPT_COST } from '../passphrase-key.js'
import { type ParsedKey, readPrivateKey } from '../private-key.js'
import { type Sealing, sealContext } from './team-file.js'

/**
 * Seals and opens the keys of a team file, all with one derived key: nonces are random, and at a thousand keys far
 * below the 2^32 that NIST SP 800-38D section 8.3 allows.
 */
export interface TeamSealer {
  readonly sealing: Sealing
  seal(fields: ProfileFields, key: KeyObject): SealedBytes
  /** Zeroes the derived key. */
  close(): void
}

/** @throws DeskError `passphrase_invalid` */
export async function createTeamSealer(passphrase: string): Promise<TeamSealer> {
  if (passphrase.length < MIN_PASSPHRASE_LENGTH) throw deskError('passphrase_invalid')
  const salt = randomBytes(SALT_BYTES)
  const derived = await deriveKey(passphrase, salt, SCRYPT_COST)
  return {
    sealing: { kdf: 'scrypt', salt: salt.toString('base64'), ...SCRYPT_COST },
    seal(fields, key) {
      const der = key.export({ type: 'pkcs8', format: 'der' })
      try {
        return sealBytes(derived, der, sealContext(fields))
      } finally {
        der.fill(0)
      }
    },
    close: () => void derived.fill(0),
  }
}

/**
 * @returns one key for each entry, in order
 * @throws DeskError `passphrase_wrong` where one does not open: then none is returned
 */
export async function openTeamKeys(
  passphrase: string,
  sealing: Sealing,
  entries: readonly { readonly fields: ProfileFields; readonly sealed: SealedBytes }[],
): Promise<ParsedKey[]> {
  const derived = await deriveKey(passphrase, Buffer.from(sealing.salt, 'base64'), sealing)
  try {
    return entries.map(({ fields, sealed }) => openOne(derived, fields, sealed))
  } finally {
    derived.fill(0)
  }
}

function openOne(derived: Uint8Array, fields: ProfileFields, sealed: SealedBytes): ParsedKey {
  let der: Buffer
  try {
    der = openBytes(derived, sealed, sealContext(fields))
  } catch {
    throw deskError('passphrase_wrong', {
      hint: 'Try again. If you are sure of it, the file was changed after it was written.',
    })
  }
  try {
    // As bytes: a PEM would be a text, which cannot be zeroed.
    const key = readPrivateKey(der)
    if (key.kind === 'ready') return key
  } catch {
    // Falls to the refusal below: whoever knew the passphrase sealed something else.
  } finally {
    der.fill(0)
  }
  throw deskError('import_unreadable', { message: 'A key in this export cannot be used.' })
}
