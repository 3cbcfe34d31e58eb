import type { ListedProfile, ServedToken } from '../../shared/command-line.js'
import { isCopyFormat } from '../../shared/copy-formats.js'
import type { EnvironmentId } from '../../shared/environments.js'
import type { ErrorCode } from '../../shared/result.js'
import type { Activity } from '../core/activity.js'
import { deskError, toAppError } from '../core/desk-error.js'
import type { Clock } from '../core/ports.js'
import type { ProductionGuard } from '../core/production-guard.js'
import type { Profile, Profiles } from '../core/profiles.js'
import { servedToken } from '../core/served-token.js'
import type { TokenFacts } from '../core/token-facts.js'
import type { Answer, Call } from './listener.js'

/** What the command line needs of the desk. */
export interface ServingDesk {
  readonly profiles: Profiles
  readonly activity: Activity
  view(profile: Profile): { readonly key: object | null }
  serveToken(profileId: string, options?: { fresh?: boolean }): Promise<TokenFacts>
}

export interface AnswerParts {
  readonly desk: ServingDesk
  readonly guard: ProductionGuard
  readonly clock: Clock
  /** Whether the app was started without a window and has had none since. */
  readonly isWindowless: () => boolean
  readonly quit: () => void
}

const STATUS: Partial<Record<ErrorCode, number>> = {
  bad_request: 400,
  secret_wrong: 401,
  origin_refused: 403,
  production_not_served: 403,
  forbidden: 403,
  profile_not_found: 404,
  route_unknown: 404,
  method_refused: 405,
  request_too_large: 413,
  rate_limited: 429,
  internal: 500,
}
/** What is left comes from Docusign, from the way there, or from the key. */
const BAD_GATEWAY = 502

interface Route {
  readonly method: string
  /**
   * @param about to be told whose token is asked for, once that is known
   * @throws DeskError
   */
  readonly work: (query: URLSearchParams, about: (profile: Profile) => void) => unknown
  readonly afterwards?: () => void
}

/** @returns a function that never throws; no answer holds a key, an assertion or what a provider said */
export function createAnswers({
  desk,
  guard,
  clock,
  isWindowless,
  quit,
}: AnswerParts): (call: Call) => Promise<Answer> {
  const { profiles, activity } = desk

  function list(): ListedProfile[] {
    const selectedId = profiles.selectedId()
    return profiles.list().map((profile) => ({
      id: profile.id,
      name: profile.name,
      environment: profile.environment,
      selected: profile.id === selectedId,
      hasKey: desk.view(profile).key !== null,
    }))
  }

  async function token(query: URLSearchParams, about: (profile: Profile) => void): Promise<ServedToken> {
    const format = single(query, 'format')
    if (!isCopyFormat(format)) throw deskError('bad_request', { message: 'There is no such format.' })
    const chosenFor = single(query, 'environment')
    const fresh = single(query, 'fresh') === 'true'
    const profile = profiles.find(single(query, 'profile'))
    about(profile)
    const checkServed = (environment: EnvironmentId) => {
      // It was chosen by what it was when the profiles were listed.
      if (environment !== chosenFor) throw deskError('superseded')
      guard.checkServed(environment)
    }
    checkServed(profile.environment)
    const facts = await desk.serveToken(profile.id, { fresh })
    checkServed(facts.environment)
    return servedToken(format, facts)
  }

  function mayEnd(): Record<string, never> {
    if (isWindowless()) return {}
    throw deskError('forbidden', {
      message: 'Token Desk has a window, so it is not ended from here.',
      hint: 'Quit it there.',
    })
  }

  const routes = new Map<string, Route>([
    ['/profiles', { method: 'GET', work: list }],
    ['/token', { method: 'GET', work: token }],
    ['/quit', { method: 'POST', work: mayEnd, afterwards: quit }],
  ])

  async function answered(
    call: Call,
    about: (profile: Profile) => void,
  ): Promise<Answer & { outcome: 'ok' | ErrorCode }> {
    try {
      if (call.refusal) throw call.refusal
      const route = routes.get(call.path)
      if (!route) throw deskError('route_unknown', { hint: `There are ${[...routes.keys()].join(', ')}.` })
      const { method, work, afterwards } = route
      if (call.method !== method) throw deskError('method_refused', { message: `Only ${method} is answered here.` })
      return { status: 200, outcome: 'ok', body: await work(call.query, about), ...(afterwards ? { afterwards } : {}) }
    } catch (thrown) {
      const error = toAppError(thrown)
      return { status: STATUS[error.code] ?? BAD_GATEWAY, outcome: error.code, body: { error } }
    }
  }

  return async (call) => {
    const beganMs = clock.read().monotonicMs
    let profile: Profile | null = null
    const answer = await answered(call, (asked) => {
      profile = asked
    })
    const durationMs = clock.read().monotonicMs - beganMs
    activity.count({ kind: 'command-line', profile, outcome: answer.outcome, durationMs })
    return answer
  }
}

/** @throws DeskError `bad_request` where it is missing or given twice */
function single(query: URLSearchParams, name: string): string {
  const [value, ...more] = query.getAll(name)
  if (value === undefined || more.length > 0) throw deskError('bad_request', { message: `Give one ${name}.` })
  return value
}
