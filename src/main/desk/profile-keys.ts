import { MAX_KEYS } from '../../shared/views.js'
import { deskError } from '../core/desk-error.js'
import type { KeyDesk } from '../core/key-desk.js'
import type { KeyVault, VaultKey } from '../core/key-vault.js'
import type { ProfileTokens } from '../core/profile-tokens.js'
import type { KeyIds, Profile, Profiles } from '../core/profiles.js'

/**
 * A profile's keys: one that signs and up to four more, so that a pair can be changed without a moment in which nothing
 * works: add, verify, activate, retire.
 */
export interface ProfileKeys {
  /**
   * Adds a staged key. The first one becomes active; a further one waits to be activated.
   * @param replace stores a key that the profile has already anew, in the old one's place
   * @throws DeskError `profile_not_found`, `key_not_staged`, `key_present`, `key_limit`, `save_failed`; nothing changed
   */
  add(profileId: string, stagedKeyId: string, replace: boolean): Promise<void>
  /**
   * A profile's keys once this one is among them: in the place of the one that it replaces, or at the end.
   * @throws DeskError `key_present`, `key_limit`
   */
  including(profile: Profile, added: AddedKey, replace: boolean): KeyIds
  /** Seals a staged key, hands it to `save`, and takes it back out of the vault when saving fails. */
  withStaged<T>(stagedKeyId: string, environment: string, save: (key: VaultKey) => T): Promise<T>
  /** Asks for a token with this key. @throws DeskError of the token request, `key_missing`; nothing changes either way */
  verify(profileId: string, keyId: string): Promise<void>
  /** @throws DeskError `profile_not_found`, `key_missing`, `save_failed` */
  activate(profileId: string, keyId: string): void
  /** Removes a key. @throws DeskError `profile_not_found`, `key_missing`, `key_active`, `save_failed` */
  retire(profileId: string, keyId: string): void
  /** Looks which keys can be opened, and tells when that has changed. @throws DeskError `profile_not_found` */
  check(profileId: string): Promise<void>
}

type AddedKey = Pick<VaultKey, 'id' | 'fingerprint'>

interface Parts {
  readonly profiles: Profiles
  readonly vault: KeyVault
  readonly keyDesk: KeyDesk
  readonly tokens: ProfileTokens
  /** To be called after a profile was saved, with what it was before. */
  readonly settle: (before: Profile) => void
  readonly changed: () => void
}

export function createProfileKeys({ profiles, vault, keyDesk, tokens, settle, changed }: Parts): ProfileKeys {
  function save(before: Profile, keys: KeyIds): void {
    profiles.setKeys(before.id, keys)
    settle(before)
  }

  function findWithKey(profileId: string, keyId: string): Profile {
    const profile = profiles.find(profileId)
    if (!profile.keyIds.includes(keyId)) throw deskError('key_missing')
    return profile
  }

  /**
   * Ids that the vault does not know stay: of a key that was in memory before a restart, or of one in a vault that was
   * set aside and may be put back. They count for nothing.
   */
  function including({ environment, keyIds, keyId }: Profile, added: AddedKey, replace: boolean): KeyIds {
    const keys = keyIds.flatMap((id) => vault.view(id) ?? [])
    const same = keys.find((key) => key.fingerprint === added.fingerprint && key.environment === environment)
    if (same && !replace) throw deskError('key_present')
    if (!same && keys.length >= MAX_KEYS) throw deskError('key_limit')
    const signs = keyId !== null && keyId !== same?.id && keys.some(({ id }) => id === keyId)
    return {
      keyIds: same ? keyIds.with(keyIds.indexOf(same.id), added.id) : [...keyIds, added.id],
      keyId: signs ? keyId : added.id,
    }
  }

  async function withStaged<T>(stagedKeyId: string, environment: string, use: (key: VaultKey) => T): Promise<T> {
    const key = await vault.put(keyDesk.peek(stagedKeyId), environment)
    try {
      const saved = use(key)
      keyDesk.discard(stagedKeyId)
      return saved
    } catch (thrown) {
      takeBack(key.id)
      throw thrown
    }
  }

  /** What went wrong before is the news; that the disk refuses this too is not. */
  function takeBack(keyId: string): void {
    try {
      vault.remove(keyId)
    } catch {
      // A sealed record that no profile names opens for nobody but this user, and does no harm.
    }
  }

  return {
    including,
    withStaged,
    async add(profileId, stagedKeyId, replace) {
      const profile = profiles.find(profileId)
      // Before anything is sealed, so that a refusal costs nothing.
      including(profile, { id: '', fingerprint: keyDesk.peek(stagedKeyId).fingerprint }, replace)
      await withStaged(stagedKeyId, profile.environment, (key) => {
        // Read anew: sealing took its time.
        const before = profiles.find(profileId)
        save(before, including(before, key, replace))
      })
    },
    async verify(profileId, keyId) {
      findWithKey(profileId, keyId)
      await tokens.verifyKey(profileId, keyId)
    },
    activate(profileId, keyId) {
      const profile = findWithKey(profileId, keyId)
      save(profile, { keyIds: profile.keyIds, keyId })
    },
    retire(profileId, keyId) {
      const profile = findWithKey(profileId, keyId)
      const keyIds = profile.keyIds.filter((id) => id !== keyId)
      const active = profile.keyId === keyId
      if (active && keyIds.some((id) => vault.view(id))) throw deskError('key_active')
      save(profile, { keyIds, keyId: active ? null : profile.keyId })
    },
    async check(profileId) {
      if (await vault.check(profiles.find(profileId).keyIds)) changed()
    },
  }
}
