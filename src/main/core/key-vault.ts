import { createPrivateKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import type { KeyProtection, KeyView, VaultStatus } from '../../shared/views.js'
import { deskError } from './desk-error.js'
import { DATA_KEY_BYTES, openBytes, sealBytes } from './key-envelope.js'
import { createOpenKeys } from './open-keys.js'
import type { Cipher, Clock, DocumentStore, Protection } from './ports.js'
import type { ParsedKey } from './private-key.js'
import { isSealedRecord, type KeyFacts, type SealedRecord } from './vault-record.js'

export interface KeyVault {
  status(): Promise<VaultStatus>
  view(keyId: string): KeyView | null
  /**
   * Keeps a key: sealed on disk where the operating system protects it, in memory otherwise.
   * @throws DeskError `save_failed`; nothing was kept then
   */
  put(key: ParsedKey, environment: string): Promise<KeyView>
  /** Keeps a key in memory whatever the computer offers: for one that is worth nothing after this run. */
  lend(id: string, key: ParsedKey, environment: string): void
  /**
   * Lends the private key to `work`, and keeps it open for `KEEP_OPEN_MS` more.
   * @throws DeskError `key_missing`, or `key_locked` when the record cannot be opened now (it is left untouched)
   */
  use<T>(keyId: string, work: (privateKey: KeyObject) => Promise<T>): Promise<T>
  /** @throws DeskError `save_failed`; the key is still there then */
  remove(keyId: string): void
}

interface Parts {
  readonly store: DocumentStore
  readonly cipher: Cipher
  readonly clock: Clock
  readonly platform: string
}

/** What is sealed. OpenSSL opens PKCS#1 in a third of the time that PKCS#8 takes, and it is Docusign's own format. */
const SEALED_FORMAT = { type: 'pkcs1', format: 'der' } as const

/** Keys live apart from profiles: sealed records in their own document, or plain memory where nothing protects them. */
export function createKeyVault({ store, cipher, clock, platform }: Parts): KeyVault {
  const inMemory = new Map<string, { facts: KeyFacts; privateKey: KeyObject }>()
  const openKeys = createOpenKeys()
  let protection: Promise<Protection> | undefined
  const protectionNow = () => {
    protection ??= cipher.probe()
    return protection
  }

  const entries = (): Readonly<Record<string, unknown>> => {
    const { keys } = store.read()
    return typeof keys === 'object' && keys !== null ? (keys as Record<string, unknown>) : {}
  }
  const record = (keyId: string): SealedRecord | null => {
    const all = entries()
    const entry = Object.hasOwn(all, keyId) ? all[keyId] : undefined
    return isSealedRecord(entry) ? entry : null
  }
  /** Entries that are not records of this version are carried along untouched. */
  const writeEntries = (keys: Record<string, unknown>) => store.write({ ...store.read(), schemaVersion: 1, keys })

  function factsOf(id: string, { fingerprint, bits, publicKeyPem }: ParsedKey, environment: string): KeyFacts {
    return { id, version: 1, environment, fingerprint, bits, publicKeyPem, addedAtMs: clock.read().wallMs }
  }

  async function seal(facts: KeyFacts, der: Buffer, backend: string): Promise<SealedRecord> {
    const dataKey = randomBytes(DATA_KEY_BYTES)
    try {
      const sealed = sealBytes(dataKey, der, contextOf(facts))
      const wrappedKey = Buffer.from(await cipher.seal(dataKey)).toString('base64')
      return { ...facts, ...sealed, wrappedKey, wrapper: cipher.wrapper, platform, backend }
    } finally {
      dataKey.fill(0)
    }
  }

  async function open(found: SealedRecord): Promise<KeyObject> {
    let dataKey: Uint8Array | undefined
    let der: Buffer | undefined
    try {
      dataKey = await cipher.open(Buffer.from(found.wrappedKey, 'base64'))
      der = openBytes(dataKey, found, contextOf(found))
      return createPrivateKey({ key: der, ...SEALED_FORMAT })
    } catch {
      throw deskError('key_locked', { message: await lockedBecause(found) })
    } finally {
      dataKey?.fill(0)
      der?.fill(0)
    }
  }

  async function lockedBecause(found: SealedRecord): Promise<string> {
    const { backend } = await protectionNow()
    if (found.platform !== platform) return 'This key was sealed on another kind of computer.'
    if (found.backend !== backend) return `This key was sealed by ${found.backend}, which does not answer now.`
    return 'The system’s key store did not open this key: it may be locked, or the record may be damaged.'
  }

  return {
    async status() {
      const { protects, backend } = await protectionNow()
      if (protects)
        return { state: 'sealed', summary: `Keys are sealed on disk by this computer’s key store (${backend}).` }
      return {
        state: 'memory-only',
        summary:
          'Keys are kept in memory only and are gone when Token Desk closes: nothing on this computer would protect them on disk.',
        hint:
          platform === 'linux'
            ? 'Start a Secret Service (GNOME Keyring or KWallet), then restart Token Desk.'
            : 'Unlock the system’s key store, then restart Token Desk.',
      }
    },

    view(keyId) {
      const kept = inMemory.get(keyId)
      if (kept) return viewOf(kept.facts, 'memory')
      const found = record(keyId)
      return found ? viewOf(found, 'sealed') : null
    },

    async put(key, environment) {
      const facts = factsOf(randomUUID(), key, environment)
      const { protects, backend } = await protectionNow()
      if (!protects) {
        inMemory.set(facts.id, { facts, privateKey: key.privateKey })
        return viewOf(facts, 'memory')
      }
      const der = key.privateKey.export(SEALED_FORMAT)
      try {
        const sealed = await seal(facts, der, backend)
        // Read again after the wait: another write may have come in between.
        writeEntries({ ...entries(), [facts.id]: sealed })
        return viewOf(facts, 'sealed')
      } finally {
        der.fill(0)
      }
    },

    lend(id, key, environment) {
      inMemory.set(id, { facts: factsOf(id, key, environment), privateKey: key.privateKey })
    },

    async use(keyId, work) {
      const kept = inMemory.get(keyId)
      if (kept) return work(kept.privateKey)
      const found = record(keyId)
      if (!found) throw deskError('key_missing')
      const privateKey = openKeys.find(keyId) ?? (await open(found))
      openKeys.keep(keyId, privateKey)
      return work(privateKey)
    },

    remove(keyId) {
      openKeys.close(keyId)
      if (inMemory.delete(keyId)) return
      const { [keyId]: removed, ...rest } = entries()
      if (removed !== undefined) writeEntries(rest)
    },
  }
}

/** Bound into the seal, so that a record cannot pass for another one or for another environment's. */
function contextOf({ id, version, environment }: KeyFacts): string {
  return JSON.stringify(['token-desk-key', id, version, environment])
}

function viewOf({ id, fingerprint, bits, publicKeyPem, addedAtMs }: KeyFacts, protection: KeyProtection): KeyView {
  return { id, fingerprint, bits, publicKeyPem, addedAtMs, protection }
}
