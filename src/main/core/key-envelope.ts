import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/**
 * AES-256-GCM under a fresh random data key per record (NIST SP 800-38D: one key, one nonce). The wrapper around the
 * data key may lack a MAC (Chromium's on Linux does), so integrity is made here.
 */
export interface SealedBytes {
  readonly nonce: string
  readonly ciphertext: string
  readonly tag: string
}

export const DATA_KEY_BYTES = 32
const NONCE_BYTES = 12

/** @param context what the bytes belong to; opening under any other context fails */
export function sealBytes(dataKey: Uint8Array, plain: Uint8Array, context: string): SealedBytes {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', dataKey, nonce)
  cipher.setAAD(Buffer.from(context))
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()])
  return {
    nonce: nonce.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  }
}

/** @throws Error when key, context or bytes are not those that were sealed. The caller zeroes the result. */
export function openBytes(dataKey: Uint8Array, sealed: SealedBytes, context: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', dataKey, Buffer.from(sealed.nonce, 'base64'), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'))
  const head = decipher.update(Buffer.from(sealed.ciphertext, 'base64'))
  try {
    return Buffer.concat([head, decipher.final()])
  } finally {
    head.fill(0)
  }
}
