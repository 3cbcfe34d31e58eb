import { randomBytes } from 'node:crypto'
import { lstatSync, mkdtempSync, rmdirSync, rmSync, type Stats, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, isAbsolute, join } from 'node:path'

const FOLDER = 'token-desk-cli-'
const SOCKET = 'socket'
/** `sun_path` holds 104 bytes on macOS with the NUL at its end, 108 on Linux; a longer path would be cut off. */
const MAX_PATH_BYTES = 103

/**
 * A new address: a socket in a fresh folder of mode 0700, which only this user can reach; or a pipe, which other users
 * can find and open for reading, so that there the proof of each call and answer is what counts.
 * @throws Error where no folder can be had
 */
export function makeSocketAddress(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `\\\\.\\pipe\\token-desk-${randomBytes(16).toString('hex')}`
  for (const parent of [env.XDG_RUNTIME_DIR, tmpdir(), '/tmp']) {
    if (!parent || !isAbsolute(parent)) continue
    if (Buffer.byteLength(join(parent, `${FOLDER}XXXXXX`, SOCKET)) > MAX_PATH_BYTES) continue
    try {
      if (!isKept(statSync(parent))) continue
      return join(mkdtempSync(join(parent, FOLDER)), SOCKET)
    } catch {
      // Not there, or not to be written: the next one.
    }
  }
  throw new Error('no folder for a socket')
}

/** Whether nobody but this user, and root, can put another folder in the place of ours. Under sudo it may be the caller's. */
function isKept({ uid, mode }: Stats): boolean {
  const isOpen = (mode & 0o022) !== 0 && (mode & 0o1000) === 0
  return (uid === 0 || uid === process.getuid?.()) && !isOpen
}

/** Removes what `makeSocketAddress` made, and nothing else, whatever the address says. Never throws. */
export function removeSocketAddress(address: string): void {
  const folder = dirname(address)
  if (!isAbsolute(address) || basename(address) !== SOCKET || !basename(folder).startsWith(FOLDER)) return
  try {
    if (lstatSync(address, { throwIfNoEntry: false })?.isSocket()) rmSync(address)
    rmdirSync(folder)
  } catch {
    // Gone already, or holds something else.
  }
}
