import type { Candidate } from '../../main/core/import/candidate.js'
import { environmentOf, environmentOfOauthHost, hostOf } from '../../main/core/import/environment-of.js'
import { ENVIRONMENTS, type EnvironmentId } from '../../shared/environments.js'
import { EXIT } from '../exit-codes.js'
import { Failure } from '../failure.js'

const TAKEN = ['demo', 'production', 'custom'] as const

/**
 * The environment as it was said: by `--env`, by DOCUSIGN_ENVIRONMENT, or by an OAuth host of Docusign's own. Nothing
 * is guessed: a base path says nothing, since `tokendesk exec` and others set it. What contradicts itself is refused.
 * @throws Failure of usage
 */
export function headlessEnvironment(
  { fields, environment: found }: Candidate,
  option: string | undefined,
  env: NodeJS.ProcessEnv,
): EnvironmentId {
  const variable = env.DOCUSIGN_ENVIRONMENT?.trim().toLowerCase() || undefined
  if (option !== undefined && variable !== undefined && option !== variable) {
    throw contradiction('--env', 'DOCUSIGN_ENVIRONMENT')
  }
  const word = option ?? variable
  const { oauthHost, restBasePath } = fields
  if (word === undefined) {
    // An export of Token Desk says it itself.
    const saidByBasePath = oauthHost === '' && restBasePath !== ''
    if (found !== null && !saidByBasePath && found !== 'simulator') return found
    throw new Failure(
      EXIT.usage,
      'The environment is not said.',
      'Set DOCUSIGN_ENVIRONMENT to demo, production or custom. It is never guessed.',
    )
  }
  const environment = TAKEN.find((taken) => taken === word)
  if (!environment) {
    throw new Failure(
      EXIT.usage,
      word === 'simulator'
        ? 'The app’s own simulator has no variables.'
        : 'DOCUSIGN_ENVIRONMENT is none of demo, production and custom.',
      word === 'simulator' ? 'Run “tokendesk simulator” and use the environment custom with its hosts.' : undefined,
    )
  }
  const byOauthHost = environmentOfOauthHost(oauthHost)
  if (byOauthHost !== null && byOauthHost !== environment) throw contradiction('the environment', 'the OAuth host')
  if (environment === 'custom') return environment
  if (oauthHost !== '' && oauthHost !== ENVIRONMENTS[environment].oauthHost) {
    throw contradiction('the environment', 'the OAuth host')
  }
  const byBasePath = environmentOf([], restBasePath === '' ? [] : [hostOf(restBasePath)])
  if (byBasePath !== null && byBasePath !== environment) throw contradiction('the environment', 'the base path')
  return environment
}

function contradiction(one: string, other: string): Failure {
  return new Failure(EXIT.usage, `Contradiction: ${one} and ${other} name different environments.`, 'Mend one of them.')
}
