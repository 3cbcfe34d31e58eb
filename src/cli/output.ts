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

/** A name as a terminal may show it: nothing in it moves the cursor or turns the text around. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?')
