import type { ChosenAccount } from '../../main/core/accounts.js'
import { DeskError, deskError } from '../../main/core/desk-error.js'
import { createJwtGrant, type GrantedToken } from '../../main/core/jwt-grant.js'
import type { Fetch } from '../../main/core/ports.js'
import { requestWithRetries } from '../../main/core/retry.js'
import { servedToken } from '../../main/core/served-token.js'
import { systemClock } from '../../main/core/system-clock.js'
import { tokenFacts } from '../../main/core/token-facts.js'
import { createUserInfo } from '../../main/core/user-info.js'
import type { ServedToken } from '../../shared/command-line.js'
import type { CopyFormat } from '../../shared/copy-formats.js'
import { ENVIRONMENTS } from '../../shared/environments.js'
import { profileProblems } from '../../shared/profile-rules.js'
import type { ErrorCode } from '../../shared/result.js'
import type { ProfileFields } from '../../shared/views.js'
import { EXIT } from '../exit-codes.js'
import { Failure } from '../failure.js'
import { keyVariables } from '../key-variables.js'
import { tell } from '../output.js'
import { headlessEnvironment } from './environment.js'
import { headlessKey } from './key.js'
import { type ProfileSource, sourceFromFiles, sourceFromVariables } from './profile-source.js'

interface Wanted {
  /** `--from-file`; none for variables alone. */
  readonly files: readonly string[]
  readonly name: string | undefined
  /** `--env` */
  readonly environment: string | undefined
  readonly format: CopyFormat
  readonly accountNeeded: boolean
  readonly env: NodeJS.ProcessEnv
}

const fetchIt: Fetch = (url, init) => fetch(url, init)
const clock = systemClock

/**
 * A token without the app: nothing is asked of it and nothing is written.
 * @throws Failure, DeskError
 */
export async function headlessToken(wanted: Wanted): Promise<ServedToken> {
  try {
    return await grantedToken(wanted)
  } catch (thrown) {
    if (!(thrown instanceof DeskError)) throw thrown
    const hint = HINTS[thrown.code]
    throw new DeskError({ ...thrown.appError, ...(hint === undefined ? {} : { hint }) })
  }
}

/** The catalogue speaks to somebody in front of the window. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  consent_required:
    'Consent is given once, in a browser: make the same profile in Token Desk and choose “Grant consent”.',
  signature_rejected:
    'Compare the key with Apps and Keys. The pair may belong to another integration key or environment, or may have been deleted.',
  key_is_path: 'Give a path in DOCUSIGN_PRIVATE_KEY_FILE.',
}

async function grantedToken({ files, name, environment, format, accountNeeded, env }: Wanted): Promise<ServedToken> {
  const source = files.length === 0 ? sourceFromVariables(env) : sourceFromFiles(files, name)
  const { profile, privateKey } = profileAndKey(source, environment, env)
  // Not for long in this process; what it was started with the system may show all the same, as Linux does in /proc.
  for (const secret of keyVariables(env)) delete env[secret]

  const grant = {
    oauthHost: profile.oauthHost,
    integrationKey: profile.integrationKey,
    userId: profile.grant === 'user' ? profile.userId : null,
    scopes: profile.scopes,
    assertionLifetimeS: profile.assertionLifetimeS,
  }
  const ask = createJwtGrant({ fetch: fetchIt, clock })
  const token = await requestWithRetries(clock, new AbortController(), (signal) => ask(grant, privateKey, signal))
  const account = accountNeeded ? await accountOf(profile, token, env.DOCUSIGN_ACCOUNT_ID?.trim() || null) : null
  return servedToken(format, tokenFacts(profile, token, account, clock.read()))
}

function profileAndKey(source: ProfileSource, option: string | undefined, env: NodeJS.ProcessEnv) {
  try {
    return { profile: completed(source, option, env), privateKey: headlessKey(source, env).privateKey }
  } finally {
    for (const { bytes } of source.keyFiles) bytes.fill(0)
  }
}

/** @throws Failure of usage, naming each field that is wrong */
function completed(source: ProfileSource, option: string | undefined, env: NodeJS.ProcessEnv): ProfileFields {
  const { candidate } = source
  const environment = headlessEnvironment(candidate, option, env)
  const isCustom = environment === 'custom'
  const fields: ProfileFields = {
    ...candidate.fields,
    environment,
    name: candidate.fields.name || 'unnamed',
    oauthHost: isCustom ? candidate.fields.oauthHost : (ENVIRONMENTS[environment].oauthHost ?? ''),
    restBasePath: isCustom
      ? candidate.fields.restBasePath.replace(/\/+$/, '')
      : (ENVIRONMENTS[environment].restBasePath ?? ''),
  }
  const problems = profileProblems(fields)
  const [first] = Object.entries(problems)
  if (!first) return fields
  const [field, problem] = first
  const variable = source.path === null ? VARIABLE_OF[field] : undefined
  throw new Failure(
    EXIT.usage,
    `${variable ?? (WORDS[field] ? `The ${WORDS[field]}` : field)} is missing or wrong: ${problem}`,
    'tokendesk token --help lists what is read.',
  )
}

const VARIABLE_OF: Readonly<Record<string, string>> = {
  integrationKey: 'DOCUSIGN_INTEGRATION_KEY',
  userId: 'DOCUSIGN_USER_ID',
  scopes: 'DOCUSIGN_SCOPES',
  oauthHost: 'DOCUSIGN_OAUTH_HOST',
  restBasePath: 'DOCUSIGN_BASE_PATH',
}
const WORDS: Readonly<Record<string, string>> = {
  integrationKey: 'integration key',
  userId: 'User ID',
  scopes: 'list of scopes',
  oauthHost: 'OAuth host',
  restBasePath: 'REST base path',
}

/** An extra: the token counts without it. Only an account that was asked for by its id must be one of the user's. */
async function accountOf(
  { oauthHost }: ProfileFields,
  { accessToken }: GrantedToken,
  wanted: string | null,
): Promise<ChosenAccount | null> {
  try {
    const { outcome } = await createUserInfo({ fetch: fetchIt, clock })(oauthHost, accessToken)
    if (outcome instanceof DeskError) throw outcome
    const { accounts } = outcome
    const account =
      wanted === null
        ? (accounts.find(({ isDefault }) => isDefault) ?? accounts[0])
        : accounts.find(({ id }) => id.toLowerCase() === wanted.toLowerCase())
    if (account) return { accountId: account.id, restBasePath: account.restBasePath }
  } catch (thrown) {
    if (!(thrown instanceof DeskError)) throw thrown
    if (wanted === null) {
      tell(`the account is not known: ${thrown.appError.message} (${thrown.code})`)
      return null
    }
    throw thrown
  }
  if (wanted === null) return null
  throw deskError('account_unknown', { hint: 'Mend DOCUSIGN_ACCOUNT_ID, or leave it out for the default account.' })
}
