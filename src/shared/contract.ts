import type { AccountField, ConsentPageOpened, ConsentStatus, TokenTrial, UserInfoView } from './account.js'
import type { CopyFormat } from './copy-formats.js'
import type { ExportReport, ImportChoice, ImportFile, ImportPreview, ImportReport } from './import-views.js'
import type { TokenInspection } from './inspection.js'
import type { Result } from './result.js'
import type { ServerCopy, ServerSecret, ServerStatus } from './serving.js'
import type { Settings } from './settings.js'
import type {
  ActivityEntry,
  ActivityFormat,
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
  /**
   * Seals a staged key and adds it to a saved profile; the first one becomes active. `replace`: the user wants the key
   * that is here already to be stored anew.
   */
  'keys:add': [{ profileId: string; stagedKeyId: string; replace: boolean }, ProfileView]
  /** Asks for a token with this key, active or not. It stays what it was. */
  'keys:verify': [KeyOfProfile, ProfileView]
  'keys:activate': [KeyOfProfile, ProfileView]
  /** Removes a key from this computer. The active one only where it is the last. */
  'keys:retire': [KeyOfProfile, ProfileView]
  /** Looks anew which of the keys can be opened. */
  'keys:check': [{ profileId: string }, ProfileView]
  'keys:copyPublic': [KeyOfProfile, null]

  /** Sees to a live token: the cached one, or a fresh one. A failure to get one stands in the answer's `error`. */
  'tokens:get': [{ profileId: string; fresh: boolean }, TokenStatus]
  'tokens:status': [{ profileId: string }, TokenStatus]
  /**
   * Puts a live token on the clipboard, renewing it first where it has too little life left. `confirmed`: the user was
   * asked just now. Without it a production token may be refused with `confirmation_needed`.
   */
  'tokens:copy': [{ profileId: string; confirmed: boolean; format: CopyFormat }, null]
  /** Writes a Postman environment, which holds the token, where the user wants it. Under the same rule as `tokens:copy`. */
  'tokens:savePostman': [{ profileId: string; confirmed: boolean }, SavedFile | null]
  /** What the present token says of itself, without the token. */
  'tokens:inspect': [{ profileId: string }, TokenInspection]
  /** Under the same rule as `tokens:copy`. */
  'tokens:reveal': [{ profileId: string; confirmed: boolean }, RevealedToken]

  /** Sends the present token to user info. Throws only where no answer came at all. */
  'tokens:try': [{ profileId: string }, TokenTrial]

  /** Whom the present token acts for: as known, or asked anew. `null` while there is neither a token nor an answer. */
  'account:get': [{ profileId: string; refresh: boolean }, UserInfoView | null]
  'account:choose': [{ profileId: string; accountId: string }, UserInfoView]
  /** Copies one value of the user or of the chosen account. */
  'account:copy': [{ profileId: string; field: AccountField }, null]

  /** Opens the consent page in the user's browser; with `admin`, the one where an administrator consents for all. */
  'consent:open': [{ profileId: string; admin: boolean }, ConsentPageOpened]
  'consent:status': [{ profileId: string }, ConsentStatus]
  /** Waits no longer for an opened consent page. */
  'consent:stop': [{ profileId: string }, null]

  /** Sets the first passphrase and seals with it what was in memory only. */
  'vault:setPassphrase': [{ passphrase: string }, null]
  'vault:unlock': [{ passphrase: string }, null]

  /** Newest first. */
  'activity:list': [undefined, { entries: readonly ActivityEntry[] }]
  'activity:clear': [undefined, null]
  /** Through the system's dialog; `null` when the user cancels. */
  'activity:export': [{ format: ActivityFormat }, SavedFile | null]

  'simulator:setScenario': [{ scenario: Scenario }, null]

  'settings:save': [Settings, null]

  'server:status': [undefined, ServerStatus]
  /** A new bearer secret for a profile, which is served from now on. The former one opens nothing any more. */
  'server:newSecret': [{ profileId: string }, ServerSecret]
  'server:setServed': [{ profileId: string; served: boolean }, ServerStatus]
  /** Starts it again; `port`: on that one from now on. Why it could not stands in the answer. */
  'server:start': [{ port: number | null }, ServerStatus]
  'server:stop': [undefined, ServerStatus]
  /** Copies something for a client. A secret can be copied while it is shown only. */
  'server:copy': [{ profileId: string; what: ServerCopy }, null]
  /** The secret that was told is no longer shown. */
  'server:forgetSecret': [{ profileId: string }, null]

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

export interface SavedFile {
  readonly path: string
}

export interface KeyOfProfile {
  readonly profileId: string
  readonly keyId: string
}

/** What main tells the window unasked. */
export interface Events {
  /** Something that `profiles:list` says is otherwise now. */
  'profiles:changed': null
  'tokens:changed': TokenStatus
  'app:changed': AppInfo
  'clipboard:changed': ClipboardStatus
  /** The ledger has another entry, or none any more. */
  'activity:changed': null
  'consent:changed': ConsentStatus
  'server:changed': ServerStatus
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
  'keys:add': true,
  'keys:verify': true,
  'keys:activate': true,
  'keys:retire': true,
  'keys:check': true,
  'keys:copyPublic': true,
  'tokens:get': true,
  'tokens:status': true,
  'tokens:copy': true,
  'tokens:savePostman': true,
  'tokens:inspect': true,
  'tokens:reveal': true,
  'tokens:try': true,
  'account:get': true,
  'account:choose': true,
  'account:copy': true,
  'consent:open': true,
  'consent:status': true,
  'consent:stop': true,
  'vault:setPassphrase': true,
  'vault:unlock': true,
  'activity:list': true,
  'activity:clear': true,
  'activity:export': true,
  'simulator:setScenario': true,
  'settings:save': true,
  'server:status': true,
  'server:newSecret': true,
  'server:setServed': true,
  'server:start': true,
  'server:stop': true,
  'server:copy': true,
  'server:forgetSecret': true,
  'import:chooseFiles': true,
  'import:stage': true,
  'import:unlock': true,
  'import:apply': true,
  'import:discard': true,
  'export:profiles': true,
}
const eventNames: Record<EventName, true> = {
  'profiles:changed': true,
  'tokens:changed': true,
  'app:changed': true,
  'clipboard:changed': true,
  'activity:changed': true,
  'consent:changed': true,
  'server:changed': true,
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
