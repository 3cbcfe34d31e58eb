import { randomBytes } from 'node:crypto'
import { chmodSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { POINTER_FILE, type Pointer, readPointer, writePointer } from '../../shared/command-line.js'
import { watchIdle } from '../core/idle-watch.js'
import { type AnswerParts, createAnswers } from './answers.js'
import { type Listener, listenAt } from './listener.js'
import { makeSocketAddress, removeSocketAddress } from './socket-address.js'

/** Where the `tokendesk` command reaches the running app. */
export interface CommandLine {
  stop(): void
}

export interface CommandLineParts extends AnswerParts {
  /** The data folder. */
  readonly folder: string
  /** Writes a file of the owner's alone, whole or not at all. */
  readonly writeWhole: (path: string, text: string) => void
  readonly log: (what: string, code: string) => void
  /** Whether somebody besides the command line needs the app. */
  readonly isNeeded: () => boolean
}

/** Whoever was started unseen must not stay for ever: half an hour, milliseconds. */
const IDLE_MS = 30 * 60_000

/** Never throws: an app that its command line cannot reach is still an app. */
export async function startCommandLine(parts: CommandLineParts): Promise<CommandLine> {
  const { folder, writeWhole, log, isWindowless, isNeeded, clock, quit } = parts
  const file = join(folder, POINTER_FILE)
  removePointer(file, null)
  const idle = watchIdle({ clock, idleMs: () => IDLE_MS, mayEnd: () => isWindowless() && !isNeeded(), end: quit })
  const answer = createAnswers(parts)
  let pointer: Pointer | null = null
  let listener: Listener | null = null

  function stop(): void {
    idle.stop()
    listener?.close()
    if (!pointer) return
    removePointer(file, pointer)
    removeSocketAddress(pointer.address)
  }

  try {
    const secret = randomBytes(32).toString('base64url')
    pointer = { address: makeSocketAddress(process.env, process.platform), secret, pid: process.pid }
    listener = await listenAt({
      address: pointer.address,
      secret,
      answer(call) {
        if (!call.refusal) idle.touch()
        return answer(call)
      },
      unreadable: (outcome) =>
        parts.desk.activity.count({ kind: 'command-line', profile: null, outcome, durationMs: 0 }),
    })
    // Its folder is the user's alone already.
    if (process.platform !== 'win32') chmodSync(pointer.address, 0o600)
    writeWhole(file, writePointer(pointer))
  } catch (thrown) {
    log('command-line', (thrown as NodeJS.ErrnoException).code ?? 'internal')
    listener?.close()
    if (pointer) removeSocketAddress(pointer.address)
    listener = pointer = null
  }
  return { stop }
}

/**
 * Removes the pointer and the socket that it names.
 * @param own only this one; `null` for one that an app which crashed has left. Two apps never share a data folder.
 */
function removePointer(file: string, own: Pointer | null): void {
  try {
    const found = readPointer(readFileSync(file, 'utf8'))
    if (own && found?.address !== own.address) return
    rmSync(file, { force: true })
    if (found) removeSocketAddress(found.address)
  } catch {
    // There is none.
  }
}
