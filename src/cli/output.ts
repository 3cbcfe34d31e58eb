import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Failure } from './failure.js'

/** Resolves once the text is out. */
export function write(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()))
}

/** Everything but the answer itself: standard output is for programs. */
export function tell(line: string): void {
  process.stderr.write(`tokendesk: ${line}\n`)
}

export function tellFailure({ message, hint, code }: Failure): void {
  tell(`${message}${code ? ` (${code})` : ''}`)
  if (hint) process.stderr.write(`  ${hint}\n`)
}

const LONGEST_REPEATED_CHARS = 260
/** Forty of base64's letters on end are no word, but a piece of a key, a token or a secret. */
const OPAQUE = /[\w+/=-]{40,}/

/**
 * What was typed, for a message that repeats it; `otherwise` where it looks like a key, a token or a secret that was put
 * in the wrong place: messages end up in the logs of CI machines.
 */
export function repeated(text: string, otherwise: string): string {
  return looksSecret(text) ? otherwise : printable(text)
}

/** A path, likewise. Where its folder is there, only its last part can be something else. */
export function repeatedPath(path: string, otherwise: string): string {
  const folder = dirname(path)
  const isPath = folder !== '.' && existsSync(folder)
  return looksSecret(isPath ? basename(path) : path) ? otherwise : printable(path)
}

const looksSecret = (text: string) =>
  text.length > LONGEST_REPEATED_CHARS || text.includes('-----') || OPAQUE.test(text)

/** A name as a terminal may show it: nothing in it moves the cursor or turns the text around. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
