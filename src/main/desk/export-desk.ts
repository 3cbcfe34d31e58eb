import { type ExportReport, IMPORT_LIMITS } from '../../shared/import-views.js'
import type { ProfileFields } from '../../shared/views.js'
import { deskError } from '../core/desk-error.js'
import { createTeamSealer, type TeamSealer } from '../core/import/seal-team-keys.js'
import { TEAM_FORMAT, TEAM_VERSION } from '../core/import/team-file.js'
import type { Profile } from '../core/profiles.js'
import type { Desk } from './desk.js'

export interface ExportDesk {
  /**
   * @param passphrase seals the keys; `null` leaves them out
   * @returns `null` when the user cancels
   * @throws DeskError `profile_not_found`, `passphrase_invalid`, `key_locked`, `export_failed`; nothing is written then
   */
  write(profileIds: readonly string[], passphrase: string | null): Promise<ExportReport | null>
}

interface Parts {
  readonly desk: Pick<Desk, 'profiles' | 'vault'>
  /** Asks where to and writes it there, for its owner alone. @throws DeskError `export_failed` */
  readonly saveFile: (suggestedName: string, text: string) => Promise<string | null>
}

/** Profiles for other people: no secrets, or keys that only a passphrase opens. */
export function createExportDesk({ desk: { profiles, vault }, saveFile }: Parts): ExportDesk {
  async function entryOf({ id: _id, keyId, ...profile }: Profile, sealer: TeamSealer | null) {
    const fields = fieldsOf(profile)
    // The simulator's keys are made anew at each start and open nothing else.
    if (!sealer || keyId === null || profile.environment === 'simulator') return fields
    return { ...fields, key: await vault.use(keyId, async (key) => sealer.seal(fields, key)) }
  }

  return {
    async write(profileIds, passphrase) {
      const chosen = [...new Set(profileIds)].map(profiles.find)
      const sealer = passphrase === null ? null : await createTeamSealer(passphrase)
      try {
        const entries = []
        for (const profile of chosen) entries.push(await entryOf(profile, sealer))
        const keys = entries.filter((entry) => 'key' in entry).length
        const document = {
          format: TEAM_FORMAT,
          version: TEAM_VERSION,
          ...(sealer && keys > 0 ? { sealing: sealer.sealing } : {}),
          profiles: entries,
        }
        const text = `${JSON.stringify(document, null, 2)}\n`
        if (Buffer.byteLength(text) > IMPORT_LIMITS.fileBytes) {
          throw deskError('export_failed', {
            message: 'These are too many for one file: it would be larger than 1 MB.',
            hint: 'Choose fewer profiles.',
            retryable: false,
          })
        }
        const path = await saveFile('token-desk-profiles.json', text)
        return path === null ? null : { path, profiles: entries.length, keys }
      } finally {
        sealer?.close()
      }
    },
  }
}

/** Each field by its name: what a later version adds to a profile does not go out unasked. */
function fieldsOf(profile: ProfileFields): ProfileFields {
  const { name, environment, integrationKey, userId, grant, scopes } = profile
  const { assertionLifetimeS, autoRenew, redirectUri, oauthHost, restBasePath } = profile
  return {
    name,
    environment,
    integrationKey,
    userId,
    grant,
    scopes,
    assertionLifetimeS,
    autoRenew,
    redirectUri,
    oauthHost,
    restBasePath,
  }
}
