import type { ConsentStatus } from '../../shared/account.js'
import type { ProfileInput, ProfileView, TokenStatus } from '../../shared/views.js'
import { createAccountChoices } from '../core/account-choices.js'
import { type Accounts, createAccounts } from '../core/accounts.js'
import { type ConsentLoop, createConsentLoop } from '../core/consent-loop.js'
import { createConsentMemory } from '../core/consent-memory.js'
import { deskError } from '../core/desk-error.js'
import { endpointsOf } from '../core/endpoints.js'
import { createJwtGrant } from '../core/jwt-grant.js'
import { createKeyDesk, type KeyDesk } from '../core/key-desk.js'
import { createKeyVault, type KeyVault } from '../core/key-vault.js'
import { createPassphraseCipher, type PassphraseCipher } from '../core/passphrase-cipher.js'
import type { Cipher, Clock, DocumentStore, Fetch } from '../core/ports.js'
import { createProfileTokens, type ProfileTokens } from '../core/profile-tokens.js'
import { createProfiles, type Profile, type Profiles } from '../core/profiles.js'
import { createTokenManager } from '../core/token-manager.js'
import { createUserInfo } from '../core/user-info.js'
import { createSimulatorDesk, type SimulatorDesk } from './simulator-desk.js'

/** The app without a window: profiles, keys and tokens, and the changes that touch more than one of them. */
export interface Desk {
  readonly profiles: Profiles
  readonly keyDesk: KeyDesk
  readonly vault: KeyVault
  readonly passphrase: PassphraseCipher
  readonly tokens: ProfileTokens
  readonly accounts: Accounts
  readonly consent: ConsentLoop
  readonly simulator: SimulatorDesk
  view(profile: Profile): ProfileView
  /** @throws DeskError `profile_invalid`, `profile_not_found`, `key_not_staged`, `save_failed`; nothing changed then */
  saveProfile(input: ProfileInput): Promise<ProfileView>
  /** @throws DeskError `profile_not_found`, `save_failed` */
  removeProfile(profileId: string): void
  /** @throws DeskError `profile_not_found`, `key_not_staged`, `save_failed`; the present key stays then */
  attachKey(profileId: string, stagedKeyId: string): Promise<ProfileView>
  /** @throws DeskError `profile_not_found`, `key_missing`, `save_failed` */
  removeKey(profileId: string): ProfileView
}

export interface DeskParts {
  readonly profileStore: DocumentStore
  readonly vaultStore: DocumentStore
  readonly accountStore: DocumentStore
  readonly consentStore: DocumentStore
  /** What this computer offers, best first. The user's passphrase comes after. */
  readonly ciphers: readonly Cipher[]
  readonly clock: Clock
  readonly fetch: Fetch
  readonly platform: string
  readonly tokenChanged: (status: TokenStatus) => void
  readonly consentChanged: (status: ConsentStatus) => void
}

export function createDesk(parts: DeskParts): Desk {
  const { clock, platform } = parts
  const profiles = createProfiles(parts.profileStore)
  const passphrase = createPassphraseCipher(parts.vaultStore)
  // Last: what the computer protects by itself asks nothing of the user.
  const ciphers = [...parts.ciphers, passphrase]
  const vault = createKeyVault({ store: parts.vaultStore, ciphers, clock, platform })
  const keyDesk = createKeyDesk()
  const simulator = createSimulatorDesk({ profiles, vault })
  const requestToken = createJwtGrant({ fetch: parts.fetch, clock })
  const manager = createTokenManager({ clock, requestToken, useKey: vault.use })
  const consent = createConsentLoop({
    profiles,
    tokens: () => tokens,
    memory: createConsentMemory(parts.consentStore),
    clock,
    simulatorHost: simulator.host,
    changed: parts.consentChanged,
  })
  const tokens: ProfileTokens = createProfileTokens({
    profiles,
    vault,
    manager,
    clock,
    simulatorHost: simulator.host,
    changed: parts.tokenChanged,
    asked: consent.asked,
  })
  const choices = createAccountChoices(parts.accountStore)
  const accounts = createAccounts({ tokens, ask: createUserInfo({ fetch: parts.fetch, clock }), choices })

  function view(profile: Profile): ProfileView {
    const { keyId, ...rest } = profile
    return { ...rest, ...endpointsOf(profile, simulator.host()), key: keyId === null ? null : vault.view(keyId) }
  }

  /** After a change: a token of the old profile is void, and a key that nobody uses any more goes. */
  function settle({ id, keyId }: Profile): void {
    tokens.settle(id)
    consent.settle(id)
    accounts.settle(profiles.list().map((profile) => profile.id))
    simulator.refresh()
    if (keyId !== null) dropUnused(keyId)
  }

  function dropUnused(keyId: string): void {
    if (profiles.list().some((profile) => profile.keyId === keyId)) return
    try {
      vault.remove(keyId)
    } catch {
      // The change itself is saved. A sealed record that nothing names any more does no harm.
    }
  }

  function forgetChoices(): void {
    try {
      choices.keepOnly(profiles.list().map(({ id }) => id))
    } catch {
      // The disk refused. A choice for a profile that is gone does no harm.
    }
  }

  /** The profile is saved: that it is not the chosen one at the next start is no reason to say otherwise. */
  function selectQuietly(profileId: string): void {
    try {
      profiles.select(profileId)
    } catch {
      // The disk refused.
    }
  }

  /** Seals a staged key, hands its id to `save`, and takes it back out of the vault when saving fails. */
  async function withStagedKey<T>(stagedKeyId: string, environment: string, save: (keyId: string) => T): Promise<T> {
    const { id } = await vault.put(keyDesk.peek(stagedKeyId), environment)
    try {
      const saved = save(id)
      keyDesk.discard(stagedKeyId)
      return saved
    } catch (thrown) {
      vault.remove(id)
      throw thrown
    }
  }

  return {
    profiles,
    keyDesk,
    vault,
    passphrase,
    tokens,
    accounts,
    consent,
    simulator,
    view,
    async saveProfile(input) {
      const { id, stagedKeyId, environment } = input
      const save = (keyId?: string) => {
        const before = id === undefined ? null : profiles.find(id)
        return { before, saved: profiles.save(input, keyId) }
      }
      const { before, saved } = stagedKeyId === undefined ? save() : await withStagedKey(stagedKeyId, environment, save)
      settle(before ?? saved)
      if (!before) selectQuietly(saved.id)
      return view(saved)
    },
    removeProfile(profileId) {
      const before = profiles.find(profileId)
      profiles.remove(profileId)
      settle(before)
      forgetChoices()
    },
    async attachKey(profileId, stagedKeyId) {
      const { environment } = profiles.find(profileId)
      try {
        const { before, saved } = await withStagedKey(stagedKeyId, environment, (keyId) => ({
          before: profiles.find(profileId),
          saved: profiles.setKey(profileId, keyId),
        }))
        settle(before)
        return view(saved)
      } finally {
        // Nobody holds its id any more, saved or not.
        keyDesk.discard(stagedKeyId)
      }
    },
    removeKey(profileId) {
      const before = profiles.find(profileId)
      if (before.keyId === null) throw deskError('key_missing')
      const saved = profiles.setKey(profileId, null)
      settle(before)
      return view(saved)
    },
  }
}
