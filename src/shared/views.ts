import type { CopyFormat } from './copy-formats.js'
import type { EnvironmentId } from './environments.js'
import type { AppError, ErrorCode } from './result.js'
import type { Settings } from './settings.js'

/** What the window may see. Nothing here can hold a private key; only `RevealedToken` holds a token. */

export type GrantKind = 'user' | 'application'

/** `sealed`: encrypted on disk by the operating system's own store. `memory`: gone when the app closes. */
export type KeyProtection = 'sealed' | 'memory'

export interface KeyView {
  readonly id: string
  /** SHA-256 over the public key's SubjectPublicKeyInfo (DER), lower-case hex in pairs joined by colons. */
  readonly fingerprint: string
  readonly bits: number
  /** SPKI PEM: to compare with, or upload to, Docusign's Apps and Keys page. */
  readonly publicKeyPem: string
  /** The environment that it was loaded for: it signs for no other. */
  readonly environment: string
  readonly addedAtMs: number
  /** When a token was last granted to it; `null` for never. */
  readonly lastUsedAtMs: number | null
  readonly protection: KeyProtection
  /** Why its record could not be opened when that was last tried; `null` while it can be. The record is kept. */
  readonly lockedBecause: string | null
}

/** A key that was read and understood but is not yet saved with a profile. */
export type StagedKey =
  | {
      readonly kind: 'ready'
      readonly stagedKeyId: string
      readonly fingerprint: string
      readonly bits: number
      readonly publicKeyPem: string
      /** What had to be repaired in the text, as sentences. Empty when it was fine as it came. */
      readonly repairs: readonly string[]
    }
  | { readonly kind: 'passphrase-needed'; readonly stagedKeyId: string }

/** What a profile says, wherever it is: in the form, in the file, on its way. */
export interface ProfileFields {
  readonly name: string
  readonly environment: EnvironmentId
  readonly integrationKey: string
  readonly userId: string
  readonly grant: GrantKind
  readonly scopes: readonly string[]
  /** Life of the signed assertion (not of the token), seconds. */
  readonly assertionLifetimeS: number
  readonly autoRenew: boolean
  readonly redirectUri: string
  /** Bare host the token comes from. Typed for the custom environment, else known; empty where neither. */
  readonly oauthHost: string
  readonly restBasePath: string
}

export interface ProfileView extends ProfileFields {
  readonly id: string
  /** The one that signs. */
  readonly key: KeyView | null
  /** All of them, the active one too, in the order they were added. */
  readonly keys: readonly KeyView[]
  /** As its token was copied last. */
  readonly copyFormat: CopyFormat
}

/** Docusign takes five key pairs per integration key. https://developers.docusign.com/platform/auth/jwt/ */
export const MAX_KEYS = 5

/** What the form sends. `oauthHost` and `restBasePath` count for the custom environment only. */
export interface ProfileInput extends ProfileFields {
  /** Absent for a new profile. */
  readonly id?: string | undefined
  /** A key staged by `keys:*` to be sealed together with this save, and active from then on. */
  readonly stagedKeyId?: string | undefined
}

export interface TokenView {
  /** Four leading and four trailing characters; the rest is never sent. */
  readonly masked: string
  readonly lengthChars: number
  readonly issuedAtMs: number
  readonly expiresAtMs: number
  readonly lifetimeMs: number
  /** Left at the moment this view was made; the window counts down from there by its own clocks. */
  readonly remainingMs: number
}

export interface RevealedToken {
  readonly token: string
  /** The window must drop it again after this long, milliseconds. */
  readonly hideAfterMs: number
}

/** When the clipboard loses the token that was copied from a profile. */
export interface ClipboardStatus {
  readonly profileId: string
  /** `null`: nothing is there to be cleared, or only the end of the app clears it. */
  readonly clearsInMs: number | null
}

/** What a profile's token is doing now. */
export interface TokenStatus {
  readonly profileId: string
  readonly token: TokenView | null
  readonly busy: boolean
  /** Why the last request for a token failed, until one succeeds. */
  readonly error: AppError | null
}

export interface VaultStatus {
  /** `locked`: sealed with a passphrase that was not given yet. */
  readonly state: 'sealed' | 'locked' | 'memory-only'
  /** One sentence on what protects keys here, or why nothing does. */
  readonly summary: string
  /** What would change it, where something would. */
  readonly hint?: string
}

/** What was asked of Docusign, and what other programs asked of this app. */
export const ACTIVITY_KINDS = ['token', 'user-info', 'token-server', 'command-line'] as const
export type ActivityKind = (typeof ACTIVITY_KINDS)[number]

/** One request in the ledger; of other programs' calls, all of the same outcome within a minute. */
export interface ActivityEntry {
  readonly atMs: number
  readonly kind: ActivityKind
  /** `null` where a call was refused before it was known for which profile. */
  readonly environment: EnvironmentId | null
  /** The profile's name at that time; empty where there is none. */
  readonly profile: string
  readonly outcome: 'ok' | ErrorCode
  /** Of several calls, the longest. */
  readonly durationMs: number
  readonly traceToken: string | null
  /** How many calls it stands for; absent for one. */
  readonly calls?: number
}

export type ActivityFormat = 'csv' | 'json'

/** Something the user should know that no click of theirs caused: a damaged file set aside, say. */
export interface Notice {
  readonly id: string
  readonly message: string
  readonly hint?: string
}

export const SCENARIOS = [
  'normal',
  'consent-required',
  'unknown-user',
  'wrong-key',
  'slow',
  'server-error',
  'rate-limited',
  'html',
  'clock-skew',
  'several-accounts',
  'token-refused',
] as const
export type Scenario = (typeof SCENARIOS)[number]

/** What this computer lets the app do outside its window. */
export interface Abilities {
  readonly tray: boolean
  readonly startAtLogin: boolean
}

export interface AppInfo {
  readonly version: string
  /** `browser` says that the built app runs in a system browser because Electron's binary is absent. */
  readonly host: 'electron' | 'browser'
  readonly vault: VaultStatus
  readonly notices: readonly Notice[]
  /** What the simulator does with the next request. */
  readonly scenario: Scenario
  readonly settings: Settings
  readonly abilities: Abilities
  /** Whether the chosen shortcut could be had: another program may hold it. */
  readonly shortcutWorks: boolean
}
