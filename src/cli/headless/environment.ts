import type { Candidate } from '../../main/core/import/candidate.js'
import { ENVIRONMENTS, type EnvironmentId } from '../../shared/environments.js'
import { EXIT } from '../exit-codes.js'
import { Failure } from '../failure.js'

const TAKEN = ['demo', 'production', 'custom'] as const

/**
 * The environment as it was said: by `--env`, by DOCUSIGN_ENVIRONMENT, by an export of Token Desk, or by an OAuth host of
 * Docusign's own. Nothing is guessed: a base path alone says nothing, since `tokendesk exec` and others set it. What
 * contradicts itself is refused: there is nobody here who could be asked about production.
 * @throws Failure of usage
 */
export function headlessEnvironment(
  { fields, environment: found, hasSeveralHosts }: Candidate,
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
  const asked = option === undefined ? 'DOCUSIGN_ENVIRONMENT' : '--env'
  if (hasSeveralHosts) throw contradiction('an OAuth host or base path', 'another one')
  if (found !== null && found !== environment) throw contradiction(asked, 'the environment or hosts that were given')
  if (environment !== 'custom' && oauthHost !== '' && oauthHost !== ENVIRONMENTS[environment].oauthHost) {
    throw contradiction(asked, 'the OAuth host')
  }
  return environment
}

function contradiction(one: string, other: string): Failure {
  return new Failure(EXIT.usage, `Contradiction: ${one} and ${other} name different environments.`, 'Mend one of them.')
}
