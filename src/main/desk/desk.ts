import type { ConsentStatus } from '../../shared/account.js'
import { type CopyFormat, isCopyFormat } from '../../shared/copy-formats.js'
import type { AppError } from '../../shared/result.js'
import type { KeyView, ProfileInput, ProfileView, TokenStatus } from '../../shared/views.js'
import { type Accounts, createAccounts } from '../core/accounts.js'
import { type Activity, createActivity } from '../core/activity.js'
import { type ConsentLoop, createConsentLoop } from '../core/consent-loop.js'
import { createConsentMemory } from '../core/consent-memory.js'
import { renderToken } from '../core/copy-formats.js'
import { DeskError } from '../core/desk-error.js'
import { endpointsOf } from '../core/endpoints.js'
import { createJwtGrant, type GrantedToken } from '../core/jwt-grant.js'
import { createKeyDesk, type KeyDesk } from '../core/key-desk.js'
import { createKeyUse } from '../core/key-use.js'
import { createKeyVault, type KeyVault, type VaultKey } from '../core/key-vault.js'
import { createPassphraseCipher, type PassphraseCipher } from '../core/passphrase-cipher.js'
import type { Cipher, Clock, DocumentStore, Fetch } from '../core/ports.js'
import { createProfileChoices } from '../core/profile-choices.js'
import { createProfileTokens, type ProfileTokens } from '../core/profile-tokens.js'
import { createProfiles, type Profile, type Profiles } from '../core/profiles.js'
import type { TokenFacts } from '../core/token-facts.js'
import { createTokenManager } from '../core/token-manager.js'
import { createUserInfo } from '../core/user-info.js'
import { createProfileKeys, type ProfileKeys } from './profile-keys.js'
import { createTokenService } from './serve-token.js'
import { createSimulatorDesk, type SimulatorDesk } from './simulator-desk.js'

/** The app without a window: profiles, keys and tokens, and the changes that touch more than one of them. */
export interface Desk {
  readonly profiles: Profiles
  readonly keyDesk: KeyDesk
  readonly vault: KeyVault
  readonly passphrase: PassphraseCipher
  readonly tokens: ProfileTokens
  readonly keys: ProfileKeys
  readonly accounts: Accounts
  readonly consent: ConsentLoop
  readonly simulator: SimulatorDesk
  readonly activity: Activity
  view(profile: Profile): ProfileView
  /** @throws DeskError `profile_invalid`, `profile_not_found`, `key_not_staged`, `save_failed`; nothing changed then */
  saveProfile(input: ProfileInput): Promise<ProfileView>
  /** A token as other tools want it. @throws DeskError `format_unsuitable`, `profile_not_found` */
  render(format: CopyFormat, profileId: string, token: GrantedToken): string
  /** A live token for another program, with the account it belongs to. @throws DeskError as `tokens.get` */
  serveToken(profileId: string, options?: { fresh?: boolean }): Promise<TokenFacts>
  /** Offers this format first from now on. Never throws: where the disk refuses, it is not remembered. */
  rememberFormat(profileId: string, format: CopyFormat): void
  /** @throws DeskError `profile_not_found`, `save_failed` */
  removeProfile(profileId: string): void
}

export interface DeskParts {
  readonly profileStore: DocumentStore
  readonly vaultStore: DocumentStore
  readonly keyUseStore: DocumentStore
  readonly activityStore: DocumentStore
  readonly accountStore: DocumentStore
  readonly formatStore: DocumentStore
  readonly consentStore: DocumentStore
  /** What this computer offers, best first. The user's passphrase comes after. */
  readonly ciphers: readonly Cipher[]
  readonly clock: Clock
  readonly fetch: Fetch
  readonly platform: string
  readonly tokenChanged: (status: TokenStatus) => void
  /** What `view` says of some profile is otherwise now, without anybody having asked. */
  readonly profilesChanged: () => void
  readonly activityChanged: () => void
  readonly renewalFailed: (profileId: string, error: AppError) => void
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
  const keyUse = createKeyUse(parts.keyUseStore, clock, parts.profilesChanged)
  const activity = createActivity(parts.activityStore, clock, parts.activityChanged)
  const manager = createTokenManager({
    clock,
    useKey: vault.use,
    async requestToken(spec, privateKey, signal) {
      const about = { kind: 'token', environment: spec.environment, profile: ownerOf(spec.keyId) } as const
      const token = await activity.track(about, () => requestToken(spec, privateKey, signal))
      keyUse.note(spec.keyId)
      return token
    },
  })
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
    renewalFailed: parts.renewalFailed,
    asked: consent.asked,
  })
  const choices = createProfileChoices(parts.accountStore)
  const formats = createProfileChoices(parts.formatStore)
  const askUserInfo = createUserInfo({ fetch: parts.fetch, clock })
  const accounts = createAccounts({
    tokens,
    choices,
    ask(profileId, ...request) {
      const { environment, name: profile } = profiles.find(profileId)
      return activity.track({ kind: 'user-info', environment, profile }, async () => {
        const answer = await askUserInfo(...request)
        return answer.outcome instanceof DeskError ? { ...answer, failure: answer.outcome.code } : answer
      })
    },
  })

  const facts = createTokenService({ profiles, tokens, accounts, clock, simulatorHost: simulator.host })
  const ownerOf = (keyId: string) => profiles.list().find(({ keyIds }) => keyIds.includes(keyId))?.name ?? ''

  function view(profile: Profile): ProfileView {
    const { keyId, keyIds, ...rest } = profile
    const keys = keyIds.flatMap((id): KeyView[] => {
      const key = vault.view(id)
      return key ? [{ ...key, lastUsedAtMs: keyUse.lastUsedAtMs(id) }] : []
    })
    const key = keys.find(({ id }) => id === keyId) ?? null
    const lastFormat = formats.of(profile.id)
    const copyFormat = isCopyFormat(lastFormat) ? lastFormat : 'raw'
    return { ...rest, ...endpointsOf(profile, simulator.host()), key, keys, copyFormat }
  }

  /** Keys that no profile has any more, and that are still in the vault. */
  const unnamed = new Set<string>()

  /** After a change: a token of the old profile is void, and a key that nobody uses any more goes. */
  function settle({ id, keyIds }: Profile): void {
    const used = new Set(profiles.list().flatMap((profile) => profile.keyIds))
    for (const keyId of keyIds) if (!used.has(keyId)) drop(keyId)
    removeUnnamed()
    tokens.settle(id)
    consent.settle(id)
    accounts.settle(profiles.list().map((profile) => profile.id))
    simulator.refresh()
    parts.profilesChanged()
  }

  function drop(keyId: string): void {
    tokens.forgetKey(keyId)
    keyUse.forget(keyId)
    unnamed.add(keyId)
  }

  /** The change itself is saved. Where the disk refuses now, the sealed record goes with the next change. */
  function removeUnnamed(): void {
    for (const keyId of unnamed) {
      try {
        vault.remove(keyId)
        unnamed.delete(keyId)
      } catch {
        return
      }
    }
  }

  function forgetChoices(): void {
    try {
      for (const made of [choices, formats]) made.keepOnly(profiles.list().map(({ id }) => id))
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

  const keys = createProfileKeys({ profiles, vault, keyDesk, tokens, settle, changed: parts.profilesChanged })

  return {
    profiles,
    keyDesk,
    vault,
    passphrase,
    tokens,
    keys,
    accounts,
    consent,
    simulator,
    activity,
    view,
    async saveProfile(input) {
      const { id, stagedKeyId, environment } = input
      const save = (key?: VaultKey) => {
        const before = id === undefined ? null : profiles.find(id)
        const keyIds = key && (before ? keys.including({ ...before, environment }, key, false).keyIds : [key.id])
        return { before, saved: profiles.save(input, keyIds && { keyIds, keyId: key.id }) }
      }
      const { before, saved } =
        stagedKeyId === undefined ? save() : await keys.withStaged(stagedKeyId, environment, save)
      settle(before ?? saved)
      if (!before) selectQuietly(saved.id)
      return view(saved)
    },
    render: (format, profileId, token) => renderToken(format, facts.of(profileId, token)),
    serveToken: facts.serve,
    rememberFormat(profileId, format) {
      if ((formats.of(profileId) ?? 'raw') === format) return
      try {
        formats.choose(profileId, format)
        parts.profilesChanged()
      } catch {
        // The disk refused.
      }
    },
    removeProfile(profileId) {
      const before = profiles.find(profileId)
      profiles.remove(profileId)
      settle(before)
      forgetChoices()
    },
  }
}
