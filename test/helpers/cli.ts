import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

/** The built `tokendesk`, run for real. */
export const CLI = join(resolve(import.meta.dirname, '..', '..'), 'out', 'main', 'tokendesk.js')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  /** On top of this process's own; `undefined` takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd?: string
  /** Runs once it has written something to standard output. */
  readonly onOutput?: (pid: number) => void
}

export function runCli(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return runNode([CLI, ...args], options)
}

export function runNode(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return runProgram(process.execPath, args, options)
}

/** Not synchronously: what it asks may be in this process. */
export function runProgram(
  program: string,
  args: readonly string[],
  { env, cwd, onOutput }: RunOptions = {},
): Promise<Ended> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    if (stdout === '') onOutput?.(child.pid ?? 0)
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise((done) => child.once('close', (code) => done({ code, stdout, stderr })))
}

/** The PATH with `tokendesk` on it, as its installation puts it there. Not for Windows. */
export function pathWithCli(): string {
  const folder = mkdtempSync(join(tmpdir(), 'token-desk-bin-'))
  writeFileSync(join(folder, 'tokendesk'), `#!/bin/sh\nexec '${process.execPath}' '${CLI}' "$@"\n`, { mode: 0o755 })
  return `${folder}${delimiter}${process.env.PATH}`
}
