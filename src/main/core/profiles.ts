import { randomUUID } from 'node:crypto'
import { ENVIRONMENT_IDS } from '../../shared/environments.js'
import { ASSERTION_LIFETIME_S, profileProblems } from '../../shared/profile-rules.js'
import type { ProfileFields, ProfileInput } from '../../shared/views.js'
import { deskError } from './desk-error.js'
import type { DocumentStore } from './ports.js'
import { refuseNewer } from './schema-version.js'

const PROFILES_SCHEMA_VERSION = 1

/** A profile's keys live in the vault. */
export interface KeyIds {
  /** In the order they were added, the active one too. */
  readonly keyIds: readonly string[]
  /** The active one. */
  readonly keyId: string | null
}

/** A profile as saved: no secrets, only the ids of its keys. Hosts: custom environment only. */
export interface Profile extends ProfileFields, KeyIds {
  readonly id: string
}

export interface Profiles {
  list(): readonly Profile[]
  /** @throws DeskError `profile_not_found` */
  find(id: string): Profile
  selectedId(): string | null
  /**
   * @param keys the keys from now on; without it the profile keeps those it has
   * @throws DeskError `profile_invalid` with `fields`, `profile_not_found`, `save_failed`
   */
  save(input: ProfileInput, keys?: KeyIds): Profile
  /**
   * Runs `work`, whose changes are written once at its end: all of them, or none where it throws.
   * @throws DeskError `save_failed`, and what `work` throws
   */
  together<T>(work: () => T): T
  /** @throws DeskError `profile_not_found`, `save_failed` */
  setKeys(id: string, keys: KeyIds): Profile
  /** @throws DeskError `profile_not_found`, `save_failed` */
  remove(id: string): void
  /** @throws DeskError `profile_not_found`, `save_failed` */
  select(id: string): void
  /** How many saved entries could not be read. They stay in the file as they are. */
  unreadableCount(): number
}

/**
 * Profiles in their document, in the order they were made. Fields and entries that this version does not know survive
 * every save: a newer version may have written them.
 */
export function createProfiles(store: DocumentStore): Profiles {
  let document = store.read()
  let parsed = parseAll(document)
  let writesHeld = false

  function rawEntries(): readonly unknown[] {
    return Array.isArray(document.profiles) ? document.profiles : []
  }
  function commit(next: Record<string, unknown>): void {
    refuseNewer(document, PROFILES_SCHEMA_VERSION, 'the profiles')
    const full = { ...document, ...next, schemaVersion: PROFILES_SCHEMA_VERSION }
    if (!writesHeld) store.write(full)
    document = full
    parsed = parseAll(full)
  }
  function find(id: string): Profile {
    const profile = parsed.byId.get(id)
    if (!profile) throw deskError('profile_not_found')
    return profile
  }
  function replace(profile: Profile): Profile {
    const entries = rawEntries()
    const at = entries.findIndex((entry) => idOf(entry) === profile.id)
    const merged = { ...(at === -1 ? {} : (entries[at] as object)), ...profile }
    commit({ profiles: at === -1 ? [...entries, merged] : entries.with(at, merged) })
    return profile
  }

  return {
    list: () => [...parsed.byId.values()],
    find,
    selectedId() {
      const { selectedId } = document
      if (typeof selectedId === 'string' && parsed.byId.has(selectedId)) return selectedId
      return parsed.byId.keys().next().value ?? null
    },
    save(input, keys) {
      const present = input.id === undefined ? null : find(input.id)
      const problems = profileProblems(input)
      const name = input.name.trim()
      const taken = [...parsed.byId.values()].some(
        (other) => other.id !== input.id && other.name.toLowerCase() === name.toLowerCase(),
      )
      if (taken) problems.name = 'Another profile has this name.'
      if (Object.keys(problems).length > 0) throw deskError('profile_invalid', { fields: problems })
      const custom = input.environment === 'custom'
      return replace({
        id: present?.id ?? randomUUID(),
        name,
        environment: input.environment,
        integrationKey: input.integrationKey.trim().toLowerCase(),
        userId: input.userId.trim().toLowerCase(),
        grant: input.grant,
        scopes: [...input.scopes],
        assertionLifetimeS: input.assertionLifetimeS,
        autoRenew: input.autoRenew,
        redirectUri: input.redirectUri.trim(),
        oauthHost: custom ? input.oauthHost.trim().toLowerCase() : '',
        restBasePath: custom ? input.restBasePath.trim().replace(/\/+$/, '') : '',
        keyIds: (keys ?? present)?.keyIds ?? [],
        keyId: (keys ?? present)?.keyId ?? null,
      })
    },
    setKeys: (id, { keyIds, keyId }) => replace({ ...find(id), keyIds, keyId }),
    together(work) {
      const before = document
      writesHeld = true
      try {
        const result = work()
        store.write(document)
        return result
      } catch (thrown) {
        document = before
        parsed = parseAll(before)
        throw thrown
      } finally {
        writesHeld = false
      }
    },
    remove(id) {
      find(id)
      commit({ profiles: rawEntries().filter((entry) => idOf(entry) !== id) })
    },
    select(id) {
      find(id)
      if (document.selectedId !== id) commit({ selectedId: id })
    },
    unreadableCount: () => parsed.unreadable,
  }
}

function idOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null ? (entry as { id?: unknown }).id : undefined
}

function parseAll(document: Record<string, unknown>): { byId: Map<string, Profile>; unreadable: number } {
  const byId = new Map<string, Profile>()
  const entries = Array.isArray(document.profiles) ? document.profiles : []
  for (const entry of entries) {
    const profile = parse(entry)
    if (profile && !byId.has(profile.id)) byId.set(profile.id, profile)
  }
  return { byId, unreadable: entries.length - byId.size }
}

/** `null` for an entry that is no profile. An unknown environment is one: it must not fall to another. */
function parse(entry: unknown): Profile | null {
  if (typeof entry !== 'object' || entry === null) return null
  const raw = entry as Record<string, unknown>
  const text = (field: string) => (typeof raw[field] === 'string' ? (raw[field] as string) : '')
  const environment = ENVIRONMENT_IDS.find((id) => id === raw.environment)
  const grant = raw.grant === 'user' || raw.grant === 'application' ? raw.grant : null
  if (!environment || !grant || text('id') === '' || text('name') === '') return null
  const texts = (field: string): string[] => {
    const list = raw[field]
    return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
  }
  const keyId = text('keyId') || null
  return {
    id: text('id'),
    name: text('name'),
    environment,
    integrationKey: text('integrationKey'),
    userId: text('userId'),
    grant,
    scopes: texts('scopes'),
    assertionLifetimeS:
      typeof raw.assertionLifetimeS === 'number' ? raw.assertionLifetimeS : ASSERTION_LIFETIME_S.default,
    autoRenew: raw.autoRenew === true,
    redirectUri: text('redirectUri'),
    oauthHost: text('oauthHost'),
    restBasePath: text('restBasePath'),
    // A file of the time when a profile had one key names that one alone.
    keyIds: [...new Set([...texts('keyIds'), ...(keyId === null ? [] : [keyId])])],
    keyId,
  }
}
