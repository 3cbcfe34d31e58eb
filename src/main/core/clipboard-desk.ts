import { createHash } from 'node:crypto'
import { type ClockReading, remainingMs } from '../../shared/lifetime.js'
import type { ClipboardStatus } from '../../shared/views.js'
import { deskError } from './desk-error.js'
import type { Clipboard, Clock } from './ports.js'

/** Puts texts on the clipboard, and takes copied tokens off it again. */
export interface ClipboardDesk {
  /** @throws DeskError `clipboard_failed`; the token copied before, if any, keeps its time then */
  copyToken(token: string, profileId: string): Promise<void>
  /** For what is no secret: it stays. @throws DeskError `clipboard_failed` */
  copyPublic(text: string): Promise<void>
  /** The time to clear after was changed, or the machine slept: looks anew at the token that is out. */
  retime(): void
  /** Whether a copied token may still be on the clipboard. */
  holds(): boolean
  /** Clears now, if the clipboard still holds the token. Never throws. */
  clear(): Promise<void>
}

interface Parts {
  readonly clipboard: Clipboard
  readonly clock: Clock
  /** Milliseconds until a copied token is cleared; `null` leaves it until the app is quit. */
  readonly clearAfterMs: () => number | null
  readonly changed: (status: ClipboardStatus) => void
}

/** A token that was copied and not yet cleared. Of the token itself only a digest is kept. */
interface Held {
  readonly digest: string
  readonly profileId: string
  readonly copiedAt: ClockReading
}

/** Another program may hold the clipboard for a moment (Windows lets one at a time): try again after this long. */
const RETRY_MS = 5000

export function createClipboardDesk({ clipboard, clock, clearAfterMs, changed }: Parts): ClipboardDesk {
  let held: Held | null = null
  let copying = 0
  let timer = new AbortController()
  let last: Promise<unknown> = Promise.resolve()

  /** One after the other: a copy must not fall between comparing and clearing. */
  function enqueue<T>(work: () => Promise<T>): Promise<T> {
    const next = last.then(work)
    last = next.catch(() => {})
    return next
  }

  async function write(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch {
      throw deskError('clipboard_failed')
    }
  }

  function clearIn(ms: number | null, { profileId }: Held): void {
    timer.abort()
    timer = new AbortController()
    changed({ profileId, clearsInMs: ms })
    if (ms === null) return
    // Its only failure is the abort, which says that somebody else sees to it.
    const { signal } = timer
    clock.sleep(ms, signal).then(
      () => clear(signal),
      () => {},
    )
  }

  function letGo(): void {
    timer.abort()
    if (held) changed({ profileId: held.profileId, clearsInMs: null })
    held = null
  }

  /** @param due aborted when another copy, or another time, came between; without it the time is now */
  const clear = (due?: AbortSignal) =>
    enqueue(async () => {
      if (!held || due?.aborted) return
      const { digest } = held
      try {
        // What somebody copied since is theirs. (A copy in another program between these two lines would be lost.)
        if (digestOf(await clipboard.readText()) === digest) await clipboard.clear()
        letGo()
      } catch {
        clearIn(RETRY_MS, held)
      }
    })

  return {
    async copyToken(token, profileId) {
      copying += 1
      try {
        await enqueue(async () => {
          await write(() => clipboard.writeSecret(token))
          if (held && held.profileId !== profileId) letGo()
          held = { digest: digestOf(token), profileId, copiedAt: clock.read() }
          clearIn(clearAfterMs(), held)
        })
      } finally {
        copying -= 1
      }
    },
    copyPublic: (text) =>
      enqueue(async () => {
        await write(() => clipboard.writeText(text))
        letGo()
      }),
    retime() {
      if (!held) return
      const afterMs = clearAfterMs()
      clearIn(afterMs === null ? null : remainingMs(afterMs, held.copiedAt, clock.read()), held)
    },
    holds: () => held !== null || copying > 0,
    clear: () => clear(),
  }
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex')
