import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { ENVIRONMENT_IDS, type EnvironmentId } from '../../shared/environments.js'
import { deskError } from '../core/desk-error.js'
import type { DocumentStore } from '../core/ports.js'
import { refuseNewer } from '../core/schema-version.js'

const SCHEMA_VERSION = 1
const SECRET_BYTES = 32
/** Lets scanners of leaked secrets, and people, tell what it is. */
const PREFIX = 'tdk_'

/** Which profiles are served, and the bearer secret of each: as a hash alone, so that it is told once. */
export interface ServerAccess {
  /** Switched on, and of the environment that its secret was made for. */
  isServed(profile: ServedProfile): boolean
  hasSecret(profile: ServedProfile): boolean
  /** Makes a new secret, which replaces the old one, and switches the profile on. @throws DeskError `save_failed` */
  newSecret(profile: ServedProfile): string
  /**
   * Switching off counts at once, also where it cannot be saved.
   * @throws DeskError `save_failed`, `secret_gone` where there is none to be switched on with
   */
  setServed(profile: ServedProfile, served: boolean): void
  /** The id of the profile, switched on, that a secret opens; `null` for none. In constant time. */
  profileIdOf(secret: string): string | null
  /**
   * Forgets the secrets of profiles that have moved to another environment since: they do not come back with it. Where
   * the disk refuses, the file forgets them at the next call. Never throws.
   */
  forgetMoved(profiles: readonly ServedProfile[]): void
  /** Forgets those of profiles that are gone, likewise. */
  forgetGone(profiles: readonly ServedProfile[]): void
}

export interface ServedProfile {
  readonly id: string
  readonly environment: EnvironmentId
}

interface Entry {
  readonly served: boolean
  /** A profile that is moved to another environment is closed: its secret was not given out for that. */
  readonly environment: EnvironmentId
  /** SHA-256, hexadecimal: of 32 random bytes it needs neither salt nor stretching. */
  readonly secretHash: string
}

const hashOf = (secret: string): string => hash('sha256', secret)

export function createServerAccess(store: DocumentStore): ServerAccess {
  let document = store.read()
  let entries = parse(document)
  let doors = doorsOf(entries)
  /** The last change may not be in the file. */
  let isBehind = false

  function take(next: ReadonlyMap<string, Entry>): void {
    entries = next
    doors = doorsOf(next)
  }
  function save(next = entries): void {
    isBehind = true
    refuseNewer(document, SCHEMA_VERSION, 'the token server’s secrets')
    const full = { ...document, schemaVersion: SCHEMA_VERSION, profiles: Object.fromEntries(next) }
    store.write(full)
    document = full
    isBehind = false
  }
  const entryOf = ({ id, environment }: ServedProfile): Entry | null => {
    const entry = entries.get(id)
    return entry?.environment === environment ? entry : null
  }
  function put(id: string, entry: Entry): void {
    const next = new Map(entries).set(id, entry)
    save(next)
    take(next)
  }

  function retain(isKept: (id: string, entry: Entry) => boolean): void {
    const kept = new Map([...entries].filter(([id, entry]) => isKept(id, entry)))
    if (kept.size === entries.size && !isBehind) return
    take(kept)
    try {
      save()
    } catch {
      // The disk refused, or the file is of a newer version.
    }
  }

  return {
    isServed: (profile) => entryOf(profile)?.served === true,
    hasSecret: (profile) => entryOf(profile) !== null,
    newSecret(profile) {
      const secret = PREFIX + randomBytes(SECRET_BYTES).toString('base64url')
      put(profile.id, { served: true, environment: profile.environment, secretHash: hashOf(secret) })
      return secret
    },
    setServed(profile, served) {
      const entry = entryOf(profile)
      if (!entry) {
        if (served) throw deskError('secret_gone')
        return
      }
      if (served) return put(profile.id, { ...entry, served })
      take(new Map(entries).set(profile.id, { ...entry, served }))
      save()
    },
    profileIdOf(secret) {
      const given = Buffer.from(hashOf(secret), 'hex')
      let found: string | null = null
      // Through to the end in any case: how long it takes must not tell which one it was.
      for (const { id, secretHash } of doors) if (timingSafeEqual(given, secretHash)) found = id
      return found
    },
    forgetMoved: (profiles) =>
      retain((id, { environment }) => profiles.every((one) => one.id !== id || one.environment === environment)),
    forgetGone: (profiles) => retain((id) => profiles.some((one) => one.id === id)),
  }
}

const doorsOf = (entries: ReadonlyMap<string, Entry>) =>
  [...entries].flatMap(([id, { served, secretHash }]) =>
    served ? [{ id, secretHash: Buffer.from(secretHash, 'hex') }] : [],
  )

/** An entry that cannot be read opens nothing. */
function parse({ profiles }: Record<string, unknown>): ReadonlyMap<string, Entry> {
  const raw = typeof profiles === 'object' && profiles !== null ? Object.entries(profiles) : []
  return new Map(raw.filter((pair): pair is [string, Entry] => isEntry(pair[1])))
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false
  const { served, environment, secretHash } = value as Record<string, unknown>
  return (
    typeof served === 'boolean' &&
    ENVIRONMENT_IDS.some((id) => id === environment) &&
    typeof secretHash === 'string' &&
    /^[0-9a-f]{64}$/.test(secretHash)
  )
}
