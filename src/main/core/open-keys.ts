import type { KeyObject } from 'node:crypto'

/**
 * How long an opened key stays open after its last use, milliseconds. Retries and a second click then need not ask the
 * key store and OpenSSL again, which takes longer than signing; a locked key store takes effect this much later.
 */
export const KEEP_OPEN_MS = 10_000

/** Private keys that were opened a moment ago. */
export interface OpenKeys {
  find(keyId: string): KeyObject | undefined
  /** Keeps it, or keeps it longer. */
  keep(keyId: string, privateKey: KeyObject): void
  close(keyId: string): void
}

export function createOpenKeys(): OpenKeys {
  const open = new Map<string, { privateKey: KeyObject; timer: NodeJS.Timeout }>()
  function close(keyId: string): void {
    clearTimeout(open.get(keyId)?.timer)
    open.delete(keyId)
  }
  return {
    find: (keyId) => open.get(keyId)?.privateKey,
    keep(keyId, privateKey) {
      close(keyId)
      open.set(keyId, { privateKey, timer: setTimeout(() => open.delete(keyId), KEEP_OPEN_MS).unref() })
    },
    close,
  }
}
