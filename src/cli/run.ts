import { toAppError } from '../main/core/desk-error.js'
import type { CommandName } from './commands.js'
import { completionScript, isShell } from './completion.js'
import { runExec } from './exec.js'
import { EXIT } from './exit-codes.js'
import { Failure, failureOf, usageFailure } from './failure.js'
import { helpText } from './help.js'
import { tellFailure, write } from './output.js'
import { commandNamed, type Parsed, parse } from './parse.js'
import { runProfiles } from './profiles.js'
import { builtProgram, projectManifest } from './project.js'
import { runQuit } from './quit.js'
import { runProgram } from './run-program.js'
import { environmentFor } from './start-app.js'
import { runToken } from './token.js'

/**
 * @param argv without Node and the script
 * @returns the exit code. Never throws
 */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    const request = parse(argv)
    if (request.kind === 'run') return await runCommand(request.parsed)
    await write(request.kind === 'help' ? helpText(request.command) : `${projectManifest().version}\n`)
    return EXIT.ok
  } catch (thrown) {
    const failure = thrown instanceof Failure ? thrown : failureOf(toAppError(thrown))
    tellFailure(failure)
    return failure.exitCode
  }
}

function runCommand(parsed: Parsed): Promise<number> {
  const run: Record<CommandName, (parsed: Parsed) => Promise<number>> = {
    token: runToken,
    exec: runExec,
    profiles: runProfiles,
    quit: runQuit,
    doctor: ({ flag, text }) =>
      runBuilt(['tools', 'doctor.js'], flag('json') ? ['--json'] : [], environmentFor(text('data-folder'))),
    simulator: ({ rest }) => runBuilt(['main', 'simulator.js'], rest ?? [], process.env),
    completion: runCompletion,
    help: runHelp,
  }
  return run[parsed.command.name](parsed)
}

const runBuilt = (path: string[], args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> =>
  runProgram(process.execPath, [builtProgram(...path), ...args], env)

async function runHelp({ operand }: Parsed): Promise<number> {
  await write(helpText(operand === undefined ? null : commandNamed(operand)))
  return EXIT.ok
}

async function runCompletion({ operand, command }: Parsed): Promise<number> {
  if (!isShell(operand)) throw usageFailure('Say for which shell: bash, zsh or fish.', command.name)
  await write(completionScript(operand))
  return EXIT.ok
}
