import type { Cipher } from '../../src/main/core/ports.js'

/** Protects nothing: for tests of what happens on disk, across processes. */
export const fixedCipher: Cipher = {
  wrapper: 'safe-storage',
  probe: async () => ({ protects: true, backend: 'test' }),
  seal: async (secret) => Buffer.from(secret),
  open: async (sealed) => ({ secret: Buffer.from(sealed), stale: false }),
}
