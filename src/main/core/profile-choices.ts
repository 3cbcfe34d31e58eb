import type { DocumentStore } from './ports.js'
import { refuseNewer } from './schema-version.js'

const SCHEMA_VERSION = 1

/**
 * What the user chose for each profile: an account, a format to copy in. Beside the profiles, so that exporting those
 * carries none of it.
 */
export interface ProfileChoices {
  of(profileId: string): string | null
  /** @throws DeskError `save_failed` */
  choose(profileId: string, choice: string): void
  /** Forgets the choices of all other profiles. @throws DeskError `save_failed` */
  keepOnly(profileIds: readonly string[]): void
}

export function createProfileChoices(store: DocumentStore): ProfileChoices {
  let document = store.read()

  function chosen(): Map<string, string> {
    const { chosen: raw } = document
    const entries = typeof raw === 'object' && raw !== null ? Object.entries(raw) : []
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  }
  function commit(choices: ReadonlyMap<string, string>): void {
    refuseNewer(document, SCHEMA_VERSION, 'the choices')
    const full = { ...document, schemaVersion: SCHEMA_VERSION, chosen: Object.fromEntries(choices) }
    store.write(full)
    document = full
  }
  return {
    of: (profileId) => chosen().get(profileId) ?? null,
    choose: (profileId, choice) => commit(chosen().set(profileId, choice)),
    keepOnly(profileIds) {
      const present = chosen()
      const kept = new Map([...present].filter(([profileId]) => profileIds.includes(profileId)))
      if (kept.size < present.size) commit(kept)
    },
  }
}
