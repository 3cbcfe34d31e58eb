import { createPrivateKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import type { KeyView, VaultStatus } from '../../shared/views.js'
import { deskError, toAppError } from './desk-error.js'
import { DATA_KEY_BYTES, openBytes, sealBytes } from './key-envelope.js'
import { createOpenKeys } from './open-keys.js'
import type { Cipher, Clock, DocumentStore } from './ports.js'
import { fingerprintOf, type ParsedKey } from './private-key.js'
import { refuseNewer } from './schema-version.js'
import { isSealedRecord, type KeyFacts, type SealedRecord } from './vault-record.js'

/** What the vault itself knows of a key. */
export type VaultKey = Omit<KeyView, 'lastUsedAtMs'>

export interface KeyVault {
  status(): Promise<VaultStatus>
  /** `null` only where there is no such record. One that cannot be read is a key too, though a locked one. */
  view(keyId: string): VaultKey | null
  /**
   * Keeps a key: sealed on disk where the operating system protects it, in memory otherwise.
   * @throws DeskError `save_failed`; nothing was kept then
   */
  put(key: ParsedKey, environment: string): Promise<VaultKey>
  /** Keeps a key in memory whatever the computer offers: for one that is worth nothing after this run. */
  lend(id: string, key: ParsedKey, environment: string): void
  /**
   * Lends the private key to `work`, and keeps it open for `KEEP_OPEN_MS` more.
   * @throws DeskError `key_missing`, or `key_locked` when the record cannot be opened now (it is left untouched)
   */
  use<T>(keyId: string, work: (privateKey: KeyObject) => Promise<T>): Promise<T>
  /**
   * Tries to open these records, so that `view` tells which are locked. Never throws.
   * @returns whether anything is otherwise than before
   */
  check(keyIds: readonly string[]): Promise<boolean>
  /**
   * Seals what is kept in memory only for want of protection, where there is some now.
   * @throws DeskError `save_failed`; what could not be sealed stays in memory
   */
  sealMemory(): Promise<void>
  /** @throws DeskError `save_failed`; the key is still there then */
  remove(keyId: string): void
}

interface Parts {
  readonly store: DocumentStore
  /** Best first. A record is opened by the one that sealed it and moves to a better one when that protects. */
  readonly ciphers: readonly Cipher[]
  readonly clock: Clock
  readonly platform: string
}

const VAULT_SCHEMA_VERSION = 1

/** What is sealed. OpenSSL opens PKCS#1 in a third of the time that PKCS#8 takes, and it is Docusign's own format. */
const SEALED_FORMAT = { type: 'pkcs1', format: 'der' } as const

/** Keys live apart from profiles: sealed records in their own document, or plain memory where nothing protects them. */
export function createKeyVault({ store, ciphers, clock, platform }: Parts): KeyVault {
  const inMemory = new Map<string, { facts: KeyFacts; privateKey: KeyObject; lent: boolean }>()
  const openKeys = createOpenKeys()
  /** Records that were looked at once: whether something better protects is not asked at every use. */
  const settled = new Set<string>()
  /** What the last attempt to open a record said, where it failed. */
  const lockedBecause = new Map<string, string>()

  /** The best that protects now, or `null`. */
  async function bestNow(): Promise<Sealer | null> {
    for (const cipher of ciphers) {
      const { protects, backend } = await cipher.probe()
      if (protects) return { cipher, backend }
    }
    return null
  }

  const entries = (): Readonly<Record<string, unknown>> => {
    const { keys } = store.read()
    return typeof keys === 'object' && keys !== null ? (keys as Record<string, unknown>) : {}
  }
  const has = (keyId: string) => Object.hasOwn(entries(), keyId)
  /** `null` for an entry that is none of ours: damaged, or of another version. */
  const record = (keyId: string): SealedRecord | null => {
    const entry = has(keyId) ? entries()[keyId] : undefined
    // Under its own name: one that stands in another's place would make that profile sign with another key.
    return isSealedRecord(entry) && entry.id === keyId ? entry : null
  }
  /** Entries that are not records of this version are carried along untouched. */
  const writeEntries = (keys: Record<string, unknown>) => {
    refuseNewer(store.read(), VAULT_SCHEMA_VERSION, 'the keys')
    store.write({ ...store.read(), schemaVersion: VAULT_SCHEMA_VERSION, keys })
  }

  function factsOf(id: string, { fingerprint, bits, publicKeyPem }: ParsedKey, environment: string): KeyFacts {
    return { id, version: 1, environment, fingerprint, bits, publicKeyPem, addedAtMs: clock.read().wallMs }
  }

  /** A record of `der` under a fresh data key. Zeroes nothing of the caller's. */
  async function seal(facts: KeyFacts, der: Uint8Array, { cipher, backend }: Sealer): Promise<SealedRecord> {
    const dataKey = randomBytes(DATA_KEY_BYTES)
    try {
      const sealed = sealBytes(dataKey, der, contextOf(facts))
      const wrappedKey = Buffer.from(await cipher.seal(dataKey)).toString('base64')
      return { ...facts, ...sealed, wrappedKey, wrapper: cipher.wrapper, platform, backend }
    } finally {
      dataKey.fill(0)
    }
  }

  /** @param wanted asked after the wait for the store: a key that was removed meanwhile must not come back */
  async function sealKey(facts: KeyFacts, privateKey: KeyObject, sealer: Sealer, wanted = () => true): Promise<void> {
    const der = privateKey.export(SEALED_FORMAT)
    try {
      const sealed = await seal(facts, der, sealer)
      // Read the entries now: another write may have come in between.
      if (wanted()) writeEntries({ ...entries(), [facts.id]: sealed })
    } finally {
      der.fill(0)
    }
  }

  async function open(keyId: string): Promise<KeyObject> {
    try {
      const found = record(keyId)
      if (!found) throw deskError('key_locked', { message: UNREADABLE, retryable: false })
      const privateKey = await unseal(found)
      lockedBecause.delete(keyId)
      return privateKey
    } catch (thrown) {
      lockedBecause.set(keyId, toAppError(thrown).message)
      throw thrown
    }
  }

  async function unseal(found: SealedRecord): Promise<KeyObject> {
    const cipher = ciphers.find(({ wrapper }) => wrapper === found.wrapper)
    let dataKey: Uint8Array | undefined
    let der: Buffer | undefined
    try {
      if (!cipher) throw new Error('no such wrapper')
      const opened = await cipher.open(Buffer.from(found.wrappedKey, 'base64'))
      dataKey = opened.secret
      der = openBytes(dataKey, found, contextOf(found))
      const privateKey = createPrivateKey({ key: der, ...SEALED_FORMAT })
      // What the record says of itself outside the seal is only believed when the key agrees.
      if (fingerprintOf(privateKey) !== found.fingerprint) throw new Error('another key')
      await improve(found, privateKey, opened.stale)
      return privateKey
    } catch {
      throw deskError('key_locked', { message: await reasonOf(found) })
    } finally {
      dataKey?.fill(0)
      der?.fill(0)
    }
  }

  /** Seals a record again where its store asks for it or a better one has come up. What fails leaves it as it is. */
  async function improve(found: SealedRecord, privateKey: KeyObject, stale: boolean): Promise<void> {
    if (settled.has(found.id) && !stale) return
    settled.add(found.id)
    try {
      const best = await bestNow()
      if (!best || (!stale && best.cipher.wrapper === found.wrapper)) return
      await sealKey({ ...factsIn(found), version: 1 }, privateKey, best, () => has(found.id))
    } catch {
      // The old record still opens; the next start tries again.
    }
  }

  async function reasonOf(found: SealedRecord): Promise<string> {
    if (found.platform !== platform) return 'This key was sealed on another kind of computer.'
    if (found.wrapper === 'passphrase') return 'This key is sealed with your passphrase. Unlock the keys first.'
    const cipher = ciphers.find(({ wrapper }) => wrapper === found.wrapper)
    const backend = cipher ? (await cipher.probe()).backend : 'none'
    if (found.backend !== backend) return `This key was sealed by ${found.backend}, which does not answer now.`
    return 'The system’s key store did not open this key: it may be locked, or the record may be damaged.'
  }

  return {
    async status() {
      const best = await bestNow()
      if (best?.cipher.wrapper === 'passphrase') {
        return { state: 'sealed', summary: 'Keys are sealed on disk with your passphrase.' }
      }
      if (best)
        return { state: 'sealed', summary: `Keys are sealed on disk by this computer’s key store (${best.backend}).` }
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
      if (kept) return { ...factsIn(kept.facts), protection: 'memory', lockedBecause: null }
      if (!has(keyId)) return null
      const found = record(keyId)
      if (!found) return { ...NO_FACTS, id: keyId, protection: 'sealed', lockedBecause: UNREADABLE }
      return { ...factsIn(found), protection: 'sealed', lockedBecause: lockedBecause.get(keyId) ?? null }
    },

    async put(key, environment) {
      const facts = factsOf(randomUUID(), key, environment)
      const best = await bestNow()
      if (!best) {
        inMemory.set(facts.id, { facts, privateKey: key.privateKey, lent: false })
        return { ...factsIn(facts), protection: 'memory', lockedBecause: null }
      }
      await sealKey(facts, key.privateKey, best)
      settled.add(facts.id)
      return { ...factsIn(facts), protection: 'sealed', lockedBecause: null }
    },

    lend(id, key, environment) {
      inMemory.set(id, { facts: factsOf(id, key, environment), privateKey: key.privateKey, lent: true })
    },

    async use(keyId, work) {
      const kept = inMemory.get(keyId)
      if (kept) return work(kept.privateKey)
      if (!has(keyId)) throw deskError('key_missing')
      const privateKey = openKeys.find(keyId) ?? (await open(keyId))
      // It may have been removed while the store was asked.
      if (!has(keyId)) throw deskError('key_missing')
      openKeys.keep(keyId, privateKey)
      return work(privateKey)
    },

    async check(keyIds) {
      const before = new Map(lockedBecause)
      for (const keyId of keyIds) {
        if (!inMemory.has(keyId) && has(keyId) && !openKeys.find(keyId)) await open(keyId).catch(() => {})
      }
      return keyIds.some((keyId) => lockedBecause.get(keyId) !== before.get(keyId))
    },

    async sealMemory() {
      const best = await bestNow()
      if (!best) return
      for (const [id, { facts, privateKey, lent }] of inMemory) {
        if (lent) continue
        await sealKey(facts, privateKey, best, () => inMemory.has(id))
        inMemory.delete(id)
      }
    },

    remove(keyId) {
      openKeys.close(keyId)
      lockedBecause.delete(keyId)
      if (inMemory.delete(keyId)) return
      const { [keyId]: removed, ...rest } = entries()
      if (removed !== undefined) writeEntries(rest)
    },
  }
}

interface Sealer {
  readonly cipher: Cipher
  readonly backend: string
}

const UNREADABLE =
  'This key’s record is damaged, or was written by a newer version of Token Desk. It was left as it is.'
const NO_FACTS = { environment: '', fingerprint: '', bits: 0, publicKeyPem: '', addedAtMs: 0 }

/** What a record says of its key, without what seals it. */
function factsIn({ id, environment, fingerprint, bits, publicKeyPem, addedAtMs }: KeyFacts) {
  return { id, environment, fingerprint, bits, publicKeyPem, addedAtMs }
}

/** Bound into the seal, so that a record cannot pass for another one or for another environment's. */
function contextOf({ id, version, environment }: KeyFacts): string {
  return JSON.stringify(['token-desk-key', id, version, environment])
}
