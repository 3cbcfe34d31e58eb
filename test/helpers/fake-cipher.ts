import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Cipher, WrapperName } from '../../src/main/core/ports.js'

/** A key store that can be told to protect nothing, or to be locked. It really encrypts. */
export class FakeCipher implements Cipher {
  readonly #key = randomBytes(32)
  protects = true
  backend = 'gnome_libsecret'
  locked = false
  stale = false

  constructor(readonly wrapper: WrapperName = 'safe-storage') {}

  async probe() {
    return { protects: this.protects, backend: this.backend }
  }
  async seal(secret: Uint8Array) {
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv)
    return Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()])
  }
  async open(sealed: Uint8Array) {
    if (this.locked) throw new Error('the keyring is locked')
    const bytes = Buffer.from(sealed)
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(-16))
    return { secret: Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]), stale: this.stale }
  }
}
