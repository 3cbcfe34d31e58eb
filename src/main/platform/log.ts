/** One line to standard error. Callers pass names and codes, never values that a user or a server supplied. */
export function log(what: string, code: string): void {
  process.stderr.write(`${new Date().toISOString()} ${what} ${code}\n`)
}
