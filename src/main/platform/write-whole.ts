import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** Another program, such as a virus scanner, may hold a file on Windows for a moment: try for this long, milliseconds. */
const RENAME_FOR_MS = 1000
const RENAME_AGAIN_MS = 20

/** A link to the file stays one: what it points at is written. */
const fileBehind = (path: string) => (existsSync(path) ? realpathSync(path) : path)
/** One name, as there is one writer: so what writes that were cut off leave behind does not pile up. */
const draftOf = (file: string) => `${file}.tmp`

/**
 * Writes a text to a file of the owner's alone, whole or not at all: beside it, down to the disk, then in its place.
 *
 * Not as electron-store does: `atomically` below it asks for one write(2) and does not look at how much was written. On
 * a disk that fills up it puts a cut-off file in the place of the good one and reports success.
 * https://github.com/fabiospampinato/atomically/pull/18
 *
 * @throws the system's error; the file is as it was before then
 */
export function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  removeDraft(path)
  const file = fileBehind(path)
  const draft = draftOf(file)
  try {
    const opened = openSync(draft, 'wx', 0o600)
    try {
      // Given a descriptor, this writes until nothing is left or the disk refuses.
      writeFileSync(opened, text)
      fsyncSync(opened)
    } finally {
      closeSync(opened)
    }
    rename(draft, file)
  } catch (thrown) {
    removeDraft(path)
    throw thrown
  }
  keepName(dirname(file))
}

/** Removes what a write that was cut off has left. Never throws. */
export function removeDraft(path: string): void {
  try {
    rmSync(draftOf(fileBehind(path)), { force: true })
  } catch {
    // A folder that may not be written, as the next write will say.
  }
}

function rename(from: string, to: string): void {
  for (let waitedMs = 0; ; waitedMs += RENAME_AGAIN_MS) {
    try {
      return renameSync(from, to)
    } catch (thrown) {
      const isHeld = ['EPERM', 'EACCES', 'EBUSY'].includes((thrown as NodeJS.ErrnoException).code ?? '')
      if (process.platform !== 'win32' || !isHeld || waitedMs >= RENAME_FOR_MS) throw thrown
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RENAME_AGAIN_MS)
  }
}

/** The new name is on the disk, too, once the folder is: fsync(2). Not every file system offers it, nor does Windows. */
function keepName(folder: string): void {
  if (process.platform === 'win32') return
  try {
    const opened = openSync(folder, 'r')
    try {
      fsyncSync(opened)
    } finally {
      closeSync(opened)
    }
  } catch {
    // The file is in place; to say that nothing was saved would be wrong.
  }
}
