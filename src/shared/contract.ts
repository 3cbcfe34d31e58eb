import type { ExportReport, ImportChoice, ImportFile, ImportPreview, ImportReport } from './import-views.js'
import type { Result } from './result.js'
import type { Settings } from './settings.js'
import type {
  AppInfo,
  ClipboardStatus,
  ProfileInput,
  ProfileView,
  RevealedToken,
  Scenario,
  StagedKey,
  TokenStatus,
} from './views.js'

/** THE list of what the window may ask of main: name → [input, output]. Both ends derive from it. */
export interface Calls {
  'app:info': [undefined, AppInfo]
  'app:dismissNotice': [{ id: string }, null]

  'profiles:list': [undefined, { profiles: ProfileView[]; selectedId: string | null }]
  'profiles:save': [ProfileInput, ProfileView]
  'profiles:remove': [{ profileId: string }, null]
  'profiles:select': [{ profileId: string }, null]

  /** Opens the system's file dialog; `null` when the user cancels. The key text stays in main. */
  'keys:loadFile': [undefined, StagedKey | null]
  /** A pasted text, or the bytes of a dropped file. */
  'keys:stage': [{ source: string | Uint8Array }, StagedKey]
  'keys:unlockStaged': [{ stagedKeyId: string; passphrase: string }, StagedKey]
  'keys:discardStaged': [{ stagedKeyId: string }, null]
  /** Seals a staged key and gives it to a saved profile, replacing the profile's present key. */
  'keys:attach': [{ profileId: string; stagedKeyId: string }, ProfileView]
  'keys:remove': [{ profileId: string }, ProfileView]
  'keys:copyPublic': [{ profileId: string }, null]

  /** Sees to a live token: the cached one, or a fresh one. A failure to get one stands in the answer's `error`. */
  'tokens:get': [{ profileId: string; fresh: boolean }, TokenStatus]
  'tokens:status': [{ profileId: string }, TokenStatus]
  /**
   * Puts a live token on the clipboard, renewing it first where it has too little life left. `confirmed`: the user was
   * asked just now. Without it a production token may be refused with `confirmation_needed`.
   */
  'tokens:copy': [{ profileId: string; confirmed: boolean }, null]
  /** Under the same rule as `tokens:copy`. */
  'tokens:reveal': [{ profileId: string; confirmed: boolean }, RevealedToken]

  /** Opens the consent page for this profile in the user's browser. */
  'consent:open': [{ profileId: string }, null]

  /** Sets the first passphrase and seals with it what was in memory only. */
  'vault:setPassphrase': [{ passphrase: string }, null]
  'vault:unlock': [{ passphrase: string }, null]

  'simulator:setScenario': [{ scenario: Scenario }, null]

  'settings:save': [Settings, null]

  /** Opens the system's file dialog; `null` when the user cancels. A key file named in a configuration is looked up beside it. */
  'import:chooseFiles': [undefined, ImportPreview | null]
  /** Dropped files: configurations, and the key files that belong to them. */
  'import:stage': [{ files: readonly ImportFile[] }, ImportPreview]
  /** Opens the keys that an export holds sealed. */
  'import:unlock': [{ stagedImportId: string; passphrase: string }, ImportPreview]
  /** Saves all choices as new profiles, or none. */
  'import:apply': [{ stagedImportId: string; choices: readonly ImportChoice[] }, ImportReport]
  'import:discard': [{ stagedImportId: string }, null]
  /** Asks where to, then writes profiles for others: without keys, or with keys sealed by the passphrase. `null` when cancelled. */
  'export:profiles': [{ profileIds: readonly string[]; passphrase: string | null }, ExportReport | null]
}

/** What main tells the window unasked. */
export interface Events {
  'tokens:changed': TokenStatus
  'app:changed': AppInfo
  'clipboard:changed': ClipboardStatus
}

export type CallName = keyof Calls
export type EventName = keyof Events
export type CallInput<N extends CallName> = Calls[N][0]
export type CallOutput<N extends CallName> = Calls[N][1]

/** Run-time twin of `Calls`; the compiler refuses a missing or surplus name. */
const callNames: Record<CallName, true> = {
  'app:info': true,
  'app:dismissNotice': true,
  'profiles:list': true,
  'profiles:save': true,
  'profiles:remove': true,
  'profiles:select': true,
  'keys:loadFile': true,
  'keys:stage': true,
  'keys:unlockStaged': true,
  'keys:discardStaged': true,
  'keys:attach': true,
  'keys:remove': true,
  'keys:copyPublic': true,
  'tokens:get': true,
  'tokens:status': true,
  'tokens:copy': true,
  'tokens:reveal': true,
  'consent:open': true,
  'vault:setPassphrase': true,
  'vault:unlock': true,
  'simulator:setScenario': true,
  'settings:save': true,
  'import:chooseFiles': true,
  'import:stage': true,
  'import:unlock': true,
  'import:apply': true,
  'import:discard': true,
  'export:profiles': true,
}
const eventNames: Record<EventName, true> = {
  'tokens:changed': true,
  'app:changed': true,
  'clipboard:changed': true,
}
export const CALL_NAMES = Object.keys(callNames) as readonly CallName[]
export const EVENT_NAMES = Object.keys(eventNames) as readonly EventName[]

/** The shape of `window.api`: one function per call, no argument where the input is `undefined`. */
export type Api = {
  readonly [N in CallName]: (
    ...input: CallInput<N> extends undefined ? [] : [CallInput<N>]
  ) => Promise<Result<CallOutput<N>>>
} & {
  /** Calls back on each event of that name until the returned function is called. */
  readonly on: <E extends EventName>(event: E, listener: (payload: Events[E]) => void) => () => void
}
