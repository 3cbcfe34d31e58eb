import type { Result } from './result.js'
import type {
  AppInfo,
  ProfileInput,
  ProfileView,
  RevealedToken,
  Scenario,
  SimulatorView,
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
  'keys:stageText': [{ text: string }, StagedKey]
  'keys:unlockStaged': [{ stagedKeyId: string; passphrase: string }, StagedKey]
  'keys:discardStaged': [{ stagedKeyId: string }, null]
  /** Seals a staged key and gives it to a saved profile, replacing the profile's present key. */
  'keys:attach': [{ profileId: string; stagedKeyId: string }, ProfileView]
  'keys:remove': [{ profileId: string }, ProfileView]
  'keys:copyPublic': [{ profileId: string }, null]

  /** A live token: from the cache, or fresh where there is none or `fresh` asks for one. */
  'tokens:get': [{ profileId: string; fresh: boolean }, TokenStatus]
  'tokens:status': [{ profileId: string }, TokenStatus]
  /** Puts a live token on the clipboard, renewing it first where it has too little life left. */
  'tokens:copy': [{ profileId: string }, TokenStatus]
  'tokens:reveal': [{ profileId: string }, RevealedToken]

  /** Opens the consent page for this profile in the user's browser. */
  'consent:open': [{ profileId: string }, null]

  'simulator:setScenario': [{ scenario: Scenario }, SimulatorView]
}

/** What main tells the window unasked. */
export interface Events {
  'tokens:changed': TokenStatus
  'profiles:changed': null
  'app:changed': AppInfo
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
  'keys:stageText': true,
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
  'simulator:setScenario': true,
}
const eventNames: Record<EventName, true> = {
  'tokens:changed': true,
  'profiles:changed': true,
  'app:changed': true,
}
export const CALL_NAMES = Object.keys(callNames) as readonly CallName[]
export const EVENT_NAMES = Object.keys(eventNames) as readonly EventName[]

type Noun<N extends string> = N extends `${infer Head}:${string}` ? Head : never
type Verb<N extends string, H extends string> = N extends `${H}:${infer Tail}` ? Tail : never

/** One call as a function: no argument where the input is `undefined`. */
type Method<N extends string> = N extends CallName
  ? (...input: CallInput<N> extends undefined ? [] : [CallInput<N>]) => Promise<Result<CallOutput<N>>>
  : never

/** The shape of `window.api`: `api.profiles.save(input)` for the call `profiles:save`. */
export type Api = {
  readonly [H in Noun<CallName>]: { readonly [V in Verb<CallName, H>]: Method<`${H}:${V}`> }
} & {
  /** Calls back on each event of that name until the returned function is called. */
  readonly on: <E extends EventName>(event: E, listener: (payload: Events[E]) => void) => () => void
}
