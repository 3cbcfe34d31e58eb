import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startsHidden } from '../environment.js'
import { isRunning } from './profile.js'
import { reasonOf, say } from './say.js'

export interface SecondStart {
  readonly argv: readonly string[]
  readonly workingFolder: string
  /** Where its windows would appear. */
  readonly display: Readonly<Record<string, string>>
}

const DISPLAY_NAMES = ['DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY', 'XDG_RUNTIME_DIR']

const displayHere = () =>
  Object.fromEntries(
    DISPLAY_NAMES.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )

/** A host that was started without a window may not have had a display either: the one who wants a window has. */
function takeDisplay({ display = {} }: SecondStart): void {
  if (process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return
  for (const name of DISPLAY_NAMES) if (display[name]) process.env[name] = display[name]
}

interface Holder {
  readonly pid: number
  /** When that process began, in the system's own words: process numbers are used again. */
  readonly began: string
}

const LOCK = 'lock.json'
const CALL = 'second-start-'
let held = false

/**
 * One host per data folder. A file with the holder's process says who has it; the file of a process that is gone (kill
 * -9, power cut) counts for nothing. A second start leaves a file that the holder watches for: written before the
 * second process ends, and readable only by who may read the data folder.
 */
export function takeSingleInstanceLock(userData: string, secondStart: (start: SecondStart) => void): boolean {
  if (held) return true
  const folder = join(userData, 'browser-host')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const me: Holder = { pid: process.pid, began: beginningOf(process.pid) }
  // Linking a finished file is atomic, and no reader ever sees half a lock.
  const draft = join(folder, `draft-${process.pid}`)
  const lock = join(folder, LOCK)
  writeFileSync(draft, JSON.stringify(me), { mode: 0o600 })
  try {
    held = claim(draft, lock)
  } finally {
    rmSync(draft, { force: true })
  }
  if (!held) {
    const start: SecondStart = { argv: process.argv, workingFolder: process.cwd(), display: displayHere() }
    const part = join(folder, `part-${process.pid}`)
    writeFileSync(part, JSON.stringify(start), { mode: 0o600 })
    renameSync(part, join(folder, `${CALL}${process.pid}-${Date.now()}`))
    say(`already running with this data folder${startsHidden() ? '' : ': that window comes to the front'}`)
    return false
  }
  process.once('exit', () => rmSync(lock, { force: true }))
  listen(folder, secondStart)
  return true
}

function claim(draft: string, lock: string): boolean {
  for (let triesLeft = 5; triesLeft > 0; triesLeft--) {
    try {
      linkSync(draft, lock)
      return true
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown
    }
    const found = read<Holder>(lock)
    if (found && isAlive(found)) return false
    // Take the dead lock away by renaming, so that of two takers only one gets it; a lock that turns out to be
    // another's new one goes back.
    const aside = `${draft}-dead`
    try {
      renameSync(lock, aside)
      const taken = read<Holder>(aside)
      if (taken && isAlive(taken)) linkSync(aside, lock)
    } catch {
      // Someone else was faster; look again.
    } finally {
      rmSync(aside, { force: true })
    }
  }
  return false
}

function isAlive({ pid, began }: Holder): boolean {
  return isRunning(pid) && beginningOf(pid) === began
}

/** Empty where the system does not say (Windows, short of a slow PowerShell): then the number alone decides. */
function beginningOf(pid: number): string {
  try {
    if (process.platform === 'linux') {
      // Field 22 of proc(5) stat; the name before it, in brackets, may hold spaces.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
      return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`
    }
    if (process.platform === 'darwin')
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
  } catch (thrown) {
    return `unknown: ${reasonOf(thrown)}`
  }
  return ''
}

function listen(folder: string, secondStart: (start: SecondStart) => void): void {
  const collect = () => {
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(CALL)) continue
      const start = read<SecondStart>(join(folder, name))
      rmSync(join(folder, name), { force: true })
      if (!start) continue
      takeDisplay(start)
      secondStart(start)
    }
  }
  // Calls to a holder that is gone are nobody's now.
  for (const name of readdirSync(folder)) if (name.startsWith(CALL)) rmSync(join(folder, name), { force: true })
  watch(folder, { persistent: false }, collect)
}

function read<T>(file: string): T | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T
  } catch {
    return null
  }
}
