import { ENVIRONMENT_IDS, type EnvironmentId } from '../../shared/environments.js'
import type { ErrorCode } from '../../shared/result.js'
import type { ActivityEntry, ActivityKind } from '../../shared/views.js'
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

interface Traced {
  /** Docusign's `X-DocuSign-TraceToken`: what its support asks for. */
  readonly traceToken: string | null
  /** What is wrong with an answer that came; absent where nothing is. */
  readonly failure?: ErrorCode
}

export const MAX_ENTRIES = 500
/** A burst of requests is one write, milliseconds. */
const WRITE_AFTER_MS = 1000

export function createActivity(store: DocumentStore, clock: Clock, changed: () => void): Activity {
  let entries = parse(store.read().entries)
  let waiting = false

  function flush(): void {
    if (!waiting) return
    waiting = false
    try {
      store.write({ schemaVersion: 1, entries })
    } catch {
      // The ledger is a convenience: where the disk refuses, it lasts until the app ends.
    }
  }

  function add(entry: ActivityEntry): void {
    entries = [entry, ...entries].slice(0, MAX_ENTRIES)
    changed()
    if (waiting) return
    waiting = true
    clock.sleep(WRITE_AFTER_MS).then(flush, () => {})
  }

  return {
    list: () => entries,
    flush,
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

/** What another version or another hand wrote into the file is left out entry by entry. */
function parse(list: unknown): readonly ActivityEntry[] {
  return Array.isArray(list) ? list.filter(isEntry).slice(0, MAX_ENTRIES) : []
}

function isEntry(value: unknown): value is ActivityEntry {
  if (typeof value !== 'object' || value === null) return false
  const { atMs, kind, environment, profile, outcome, durationMs, traceToken } = value as Record<string, unknown>
  return (
    Number.isFinite(atMs) &&
    Number.isFinite(durationMs) &&
    (kind === 'token' || kind === 'user-info') &&
    ENVIRONMENT_IDS.some((id) => id === environment) &&
    typeof profile === 'string' &&
    typeof outcome === 'string' &&
    (traceToken === null || isTraceToken(traceToken))
  )
}
