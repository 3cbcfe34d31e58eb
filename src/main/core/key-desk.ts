import { randomUUID } from 'node:crypto'
import type { StagedKey } from '../../shared/views.js'
import { deskError } from './desk-error.js'
import { type ParsedKey, readPrivateKey } from './private-key.js'

/**
 * Keys that were read but are not yet saved with a profile. They stay here, in main: the window holds only an id, so
 * that "Save profile" can seal key and profile together and "Cancel" leaves nothing behind.
 */
export interface KeyDesk {
  /** @throws DeskError `key_*` when the text or file is no usable private key */
  stage(source: Uint8Array | string): StagedKey
  /** @throws DeskError `key_passphrase_wrong`: the key stays staged for another try; `key_not_staged`, `key_*` */
  unlock(stagedKeyId: string, passphrase: string): StagedKey
  /** The staged key, which stays until `discard`. @throws DeskError `key_not_staged` */
  peek(stagedKeyId: string): ParsedKey
  discard(stagedKeyId: string): void
}

/** A form holds one staged key. A few more may wait; the oldest makes room, so that none piles up here. */
const MAX_STAGED = 8

export function createKeyDesk(): KeyDesk {
  const staged = new Map<string, { source: Buffer; parsed: ParsedKey | null }>()

  function drop(id: string): void {
    staged.get(id)?.source.fill(0)
    staged.delete(id)
  }
  function find(id: string) {
    const entry = staged.get(id)
    if (!entry) throw deskError('key_not_staged')
    return entry
  }
  function keep(id: string, source: Buffer, passphrase?: string): StagedKey {
    const key = readOrWipe(source, passphrase)
    if (key.kind === 'passphrase-needed') {
      staged.set(id, { source, parsed: null })
      return { kind: 'passphrase-needed', stagedKeyId: id }
    }
    source.fill(0)
    staged.set(id, { source: Buffer.alloc(0), parsed: key })
    const { fingerprint, bits, publicKeyPem, repairs } = key
    return { kind: 'ready', stagedKeyId: id, fingerprint, bits, publicKeyPem, repairs }
  }

  /** A text that is no key, but may nearly be one, does not stay in memory. A wrong passphrase may be tried again. */
  function readOrWipe(source: Buffer, passphrase?: string) {
    try {
      return readPrivateKey(source, passphrase)
    } catch (thrown) {
      if (passphrase === undefined) source.fill(0)
      throw thrown
    }
  }

  return {
    stage(source) {
      const [oldest] = staged.keys()
      if (staged.size >= MAX_STAGED && oldest !== undefined) drop(oldest)
      return keep(randomUUID(), Buffer.from(source))
    },
    unlock: (id, passphrase) => keep(id, find(id).source, passphrase),
    peek(id) {
      const { parsed } = find(id)
      if (!parsed) throw deskError('key_not_staged')
      return parsed
    },
    discard: drop,
  }
}
