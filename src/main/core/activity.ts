import { ENVIRONMENT_IDS, type EnvironmentId } from '../../shared/environments.js'
import type { ErrorCode } from '../../shared/result.js'
import { ACTIVITY_KINDS, type ActivityEntry, type ActivityKind } from '../../shared/views.js'
import { isTraceToken } from './answer-text.js'
import { toAppError } from './desk-error.js'
import type { Clock, DocumentStore } from './ports.js'

/** What was asked of Docusign, when, for whom and how it went. Never a token, a key or an answer's text. */
export interface Activity {
  /** Newest first. */
  list(): readonly ActivityEntry[]
  /**
   * Does `work` and writes down how it went.
   * @throws whatever `work` throws
   */
  track<T extends Traced>(about: About, work: () => Promise<T>): Promise<T>
  /** Writes down a call of another program. Like calls within a minute are one entry, which counts them. */
  count(call: ServedCall): void
  /** @throws DeskError `save_failed`; nothing is gone then */
  clear(): void
  /** Writes what has not been written yet. Never throws. */
  flush(): void
}

export interface About {
  readonly kind: ActivityKind
  readonly environment: EnvironmentId
  /** The profile's name at that time. */
  readonly profile: string
}

/** One call of another program, as it was answered. */
export interface ServedCall {
  readonly kind: Extract<ActivityKind, 'token-server' | 'command-line'>
  /** Whose token was asked for; `null` where that was not known when the call was refused. */
  readonly profile: { readonly environment: EnvironmentId; readonly name: string } | null
  readonly outcome: ActivityEntry['outcome']
  readonly durationMs: number
}

interface Traced {
  /** Docusign's `X-DocuSign-TraceToken`: what its support asks for. */
  readonly traceToken: string | null
  /** What is wrong with an answer that came; absent where nothing is. */
  readonly failure?: ErrorCode
}

/** How many entries there are at most: none of the three pushes out another. */
export const ROOM = { requests: 500, answered: 250, others: 250 } as const
const SHARES = ['requests', 'answered', 'others'] as const
const MOST_ENTRIES = SHARES.reduce((sum, share) => sum + ROOM[share], 0)
/** A burst of requests is one write, milliseconds. */
const WRITE_AFTER_MS = 1000
/** Like calls within this time of the first are one entry, milliseconds. */
const ONE_ENTRY_MS = 60_000
/** A busy client is told of this often, milliseconds. */
const TELL_EVERY_MS = 500

export function createActivity(store: DocumentStore, clock: Clock, changed: () => void): Activity {
  let entries = parse(store.read().entries)
  let waiting = false
  let telling = false

  function flush(): void {
    if (!waiting) return
    waiting = false
    try {
      store.write({ schemaVersion: 1, entries })
    } catch {
      // The ledger is a convenience: where the disk refuses, it lasts until the app ends.
    }
  }

  function writeSoon(): void {
    if (waiting) return
    waiting = true
    clock.sleep(WRITE_AFTER_MS).then(flush, () => {})
  }

  function add(entry: ActivityEntry): void {
    entries = capped([entry, ...entries])
    changed()
    writeSoon()
  }

  function tellSoon(): void {
    if (telling) return
    telling = true
    const tell = () => {
      telling = false
      changed()
    }
    clock.sleep(TELL_EVERY_MS).then(tell, () => {})
  }

  return {
    list: () => entries,
    flush,
    count({ profile, ...call }) {
      const durationMs = Math.round(call.durationMs)
      const atMs = clock.read().wallMs
      const made = { ...call, environment: profile?.environment ?? null, profile: profile?.name ?? '' }
      const at = entries.findIndex((entry) => isLike(entry, made, atMs))
      const like = entries[at]
      if (like) {
        const calls = (like.calls ?? 1) + 1
        entries = entries.with(at, { ...like, calls, durationMs: Math.max(like.durationMs, durationMs) })
      } else {
        entries = capped([{ ...made, atMs, durationMs, traceToken: null }, ...entries])
      }
      tellSoon()
      writeSoon()
    },
    async track(about, work) {
      const began = clock.read()
      const note = (outcome: ActivityEntry['outcome'], traceToken: string | null) => {
        const durationMs = Math.max(0, Math.round(clock.read().monotonicMs - began.monotonicMs))
        add({ ...about, atMs: began.wallMs, outcome, durationMs, traceToken })
      }
      try {
        const answer = await work()
        note(answer.failure ?? 'ok', answer.traceToken)
        return answer
      } catch (thrown) {
        const { code, traceToken = null } = toAppError(thrown)
        note(code, traceToken)
        throw thrown
      }
    },
    clear() {
      store.write({ schemaVersion: 1, entries: [] })
      entries = []
      changed()
    },
  }
}

/** Requests to Docusign; calls of other programs that opened a profile and were answered; their other calls. */
function shareOf({ kind, profile, outcome }: ActivityEntry): keyof typeof ROOM {
  if (kind !== 'token-server' && kind !== 'command-line') return 'requests'
  return outcome === 'ok' && profile !== '' ? 'answered' : 'others'
}

/** @param entries newest first */
function capped(entries: readonly ActivityEntry[]): readonly ActivityEntry[] {
  const shares = { requests: [], answered: [], others: [] } as Record<keyof typeof ROOM, ActivityEntry[]>
  for (const entry of entries) shares[shareOf(entry)].push(entry)
  for (const share of SHARES) {
    const most = shares[share]
    while (most.length > ROOM[share]) most.splice(share === 'requests' ? most.length - 1 : oldestOfTheMost(most), 1)
  }
  const kept = new Set(SHARES.flatMap((share) => shares[share]))
  return kept.size === entries.length ? entries : entries.filter((entry) => kept.has(entry))
}

/**
 * A busy client makes an entry a minute, and who is refused may be so in one way after the other, for ever. So that of
 * which there is most gives way; whoever opened no profile is one lot.
 */
function oldestOfTheMost(calls: readonly ActivityEntry[]): number {
  const lotOf = ({ kind, environment, profile, outcome }: ActivityEntry) =>
    profile === '' ? '' : `${kind} ${outcome} ${environment} ${profile}`
  const sizes = new Map<string, number>()
  for (const call of calls) sizes.set(lotOf(call), (sizes.get(lotOf(call)) ?? 0) + 1)
  const most = Math.max(...sizes.values())
  return calls.findLastIndex((call) => sizes.get(lotOf(call)) === most)
}

function isLike(
  entry: ActivityEntry,
  call: Pick<ActivityEntry, 'kind' | 'environment' | 'profile' | 'outcome'>,
  nowMs: number,
): boolean {
  // A clock that was set back makes an entry of its own.
  const ageMs = nowMs - entry.atMs
  return (
    entry.kind === call.kind &&
    entry.profile === call.profile &&
    entry.environment === call.environment &&
    entry.outcome === call.outcome &&
    ageMs >= 0 &&
    ageMs < ONE_ENTRY_MS
  )
}

/** What another version or another hand wrote into the file is left out entry by entry. */
function parse(list: unknown): readonly ActivityEntry[] {
  return Array.isArray(list) ? capped(list.slice(0, MOST_ENTRIES).filter(isEntry)) : []
}

function isEntry(value: unknown): value is ActivityEntry {
  if (typeof value !== 'object' || value === null) return false
  const { atMs, kind, environment, profile, outcome, durationMs, traceToken, calls } = value as Record<string, unknown>
  return (
    Number.isFinite(atMs) &&
    Number.isFinite(durationMs) &&
    ACTIVITY_KINDS.some((known) => known === kind) &&
    (environment === null || ENVIRONMENT_IDS.some((id) => id === environment)) &&
    (calls === undefined || Number.isInteger(calls)) &&
    typeof profile === 'string' &&
    typeof outcome === 'string' &&
    (traceToken === null || isTraceToken(traceToken))
  )
}
