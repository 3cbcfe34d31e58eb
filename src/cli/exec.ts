import type { ServedToken } from '../shared/command-line.js'
import { usageFailure } from './failure.js'
import { keyVariables } from './key-variables.js'
import type { Parsed } from './parse.js'
import { runProgram } from './run-program.js'
import { getToken } from './served-token.js'

/** `tokendesk exec` */
export async function runExec(parsed: Parsed): Promise<number> {
  const [program, ...args] = parsed.rest ?? []
  if (program === undefined || program === '') {
    throw usageFailure('Say what to run, after “--”: tokendesk exec -- command', parsed.command.name)
  }
  const served = await getToken(parsed, 'raw', true)
  return runProgram(program, args, childEnvironment(process.env, served, process.platform))
}

/** Ours, with the token and without any key. An account that is not known is no empty one. */
export function childEnvironment(
  env: NodeJS.ProcessEnv,
  { token, basePath, accountId }: Pick<ServedToken, 'token' | 'basePath' | 'accountId'>,
  platform: NodeJS.Platform,
): NodeJS.ProcessEnv {
  const ours = ['DOCUSIGN_ACCESS_TOKEN', 'DOCUSIGN_BASE_PATH', 'DOCUSIGN_ACCOUNT_ID']
  // Windows takes `Path` and `PATH` for one.
  const same = (name: string) => (platform === 'win32' ? name.toUpperCase() : name)
  const dropped = new Set([...ours, ...keyVariables(env)].map(same))
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !dropped.has(same(name)))),
    DOCUSIGN_ACCESS_TOKEN: token,
    DOCUSIGN_BASE_PATH: basePath,
    ...(accountId === null ? {} : { DOCUSIGN_ACCOUNT_ID: accountId }),
  }
}
