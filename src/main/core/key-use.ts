import type { Clock, DocumentStore } from './ports.js'

/**
 * When each key last got a token. It tells whether a new key works before it is activated, and whether an old one may
 * go. Kept apart from the vault: losing it costs nothing, and the keys' own file is not written at each use.
 */
export interface KeyUse {
  /** Milliseconds since the epoch; `null` for a key that was never used, as far as is known. */
  lastUsedAtMs(keyId: string): number | null
  /** A token was granted to this key just now. Never throws. */
  note(keyId: string): void
  forget(keyId: string): void
}

/** A use is written down once a minute at most. */
const WRITE_EVERY_MS = 60_000

export function createKeyUse(store: DocumentStore, clock: Clock, changed: () => void): KeyUse {
  const uses = new Map(Object.entries(store.read()).filter((entry): entry is [string, number] => isTime(entry[1])))

  function write(): void {
    try {
      store.write(Object.fromEntries(uses))
    } catch {
      // It is a remark, not a key: where the disk refuses, it is known until the app ends.
    }
  }

  return {
    lastUsedAtMs: (keyId) => uses.get(keyId) ?? null,
    note(keyId) {
      const { wallMs } = clock.read()
      const before = uses.get(keyId)
      // Either way from before: a clock that was set back is believed too.
      if (before !== undefined && Math.abs(wallMs - before) < WRITE_EVERY_MS) return
      uses.set(keyId, wallMs)
      write()
      changed()
    },
    forget(keyId) {
      if (uses.delete(keyId)) write()
    },
  }
}

const isTime = (value: unknown) => typeof value === 'number' && Number.isFinite(value) && value >= 0
