import type { SealedBytes } from './key-envelope.js'

/** What is known of a key without opening it. */
export interface KeyFacts {
  readonly id: string
  readonly version: 1
  readonly environment: string
  readonly fingerprint: string
  readonly bits: number
  readonly publicKeyPem: string
  readonly addedAtMs: number
}

/** A key as it stands on disk. `wrappedKey` is the data key, sealed by `wrapper` on `platform` through `backend`. */
export interface SealedRecord extends KeyFacts, SealedBytes {
  readonly wrappedKey: string
  readonly wrapper: string
  readonly platform: string
  readonly backend: string
}

const TEXT_FIELDS = [
  'id',
  'environment',
  'fingerprint',
  'publicKeyPem',
  'nonce',
  'ciphertext',
  'tag',
  'wrappedKey',
  'wrapper',
  'platform',
  'backend',
]

export function isSealedRecord(value: unknown): value is SealedRecord {
  if (typeof value !== 'object' || value === null) return false
  const entry = value as Record<string, unknown>
  return (
    entry.version === 1 &&
    TEXT_FIELDS.every((field) => typeof entry[field] === 'string') &&
    typeof entry.bits === 'number' &&
    typeof entry.addedAtMs === 'number'
  )
}
