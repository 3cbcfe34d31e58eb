import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { EXIT } from './exit-codes.js'
import { repeatedPath, tell } from './output.js'

const HANDED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const

/**
 * Runs a program in our place, without a shell: the same terminal, signals handed on.
 * @returns its exit code as a shell has it: 128 and the signal's number, 127 where there is none, 126 where it cannot run
 */
export function runProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', env, windowsHide: false })
    for (const signal of HANDED_ON) {
      if (process.platform === 'win32' && (signal === 'SIGQUIT' || signal === 'SIGUSR2')) continue
      process.on(signal, () => {
        // Ctrl-C and Ctrl-\ reach all of a terminal's processes by themselves: once is enough.
        const fromTerminal = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT')
        if (!fromTerminal) child.kill(signal)
      })
    }
    child.once('error', (error: NodeJS.ErrnoException) => resolve(notStarted(program, error)))
    child.once('exit', (code, signal) =>
      resolve(signal === null ? (code ?? EXIT.failed) : EXIT.signal + constants.signals[signal]),
    )
  })
}

function notStarted(program: string, { code }: NodeJS.ErrnoException): number {
  const isBatch = process.platform === 'win32' && /\.(cmd|bat)$/i.test(program)
  const isAbsent = code === 'ENOENT'
  const called = repeatedPath(program, 'what follows “--”')
  tell(isAbsent ? `${called}: command not found` : `${called}: cannot be run (${code ?? 'unknown'})`)
  if (process.platform === 'win32' && (isAbsent || isBatch)) {
    tell('a .cmd or .bat file, such as npm, has to be run by cmd: tokendesk exec -- cmd /d /c npm test')
  }
  return isAbsent ? EXIT.notFound : EXIT.notExecutable
}
