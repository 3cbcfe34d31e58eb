import type { ListedProfile, ServedToken } from '../../shared/command-line.js'
import { isCopyFormat } from '../../shared/copy-formats.js'
import type { ErrorCode } from '../../shared/result.js'
import type { Activity } from '../core/activity.js'
import { renderToken, type TokenFacts } from '../core/copy-formats.js'
import { deskError, toAppError } from '../core/desk-error.js'
import type { Clock } from '../core/ports.js'
import type { ProductionGuard } from '../core/production-guard.js'
import type { Profile, Profiles } from '../core/profiles.js'
import type { Answer, Call } from './listener.js'

/** What the command line needs of the desk. */
export interface ServingDesk {
  readonly profiles: Profiles
  readonly activity: Activity
  view(profile: Profile): { readonly key: object | null }
  serveToken(profileId: string): Promise<TokenFacts>
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

/** @returns a function that never throws; no answer holds a key, an assertion or what a provider said */
export function createAnswers({
  desk,
  guard,
  clock,
  isWindowless,
  quit,
}: AnswerParts): (call: Call) => Promise<Answer> {
  const { profiles } = desk

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

  async function token({ query }: Call, about: (profile: Profile) => void): Promise<ServedToken> {
    const format = single(query, 'format')
    if (!isCopyFormat(format)) throw deskError('bad_request', { message: 'There is no such format.' })
    const id = single(query, 'profile')
    const profile = profiles.find(id)
    about(profile)
    guard.checkServed(profile.environment)
    const facts = await desk.serveToken(id)
    // It may have been given another environment while Docusign was asked.
    guard.checkServed(facts.environment)
    return {
      text: renderToken(format, facts),
      token: facts.accessToken,
      environment: facts.environment,
      profile: facts.profileName,
      basePath: facts.restBasePath,
      accountId: facts.accountId,
      expiresAt: new Date(facts.expiresAtMs).toISOString(),
    }
  }

  /** Each call for a token is written down, refused ones too. */
  async function counted(call: Call): Promise<Answer> {
    const beganMs = clock.read().monotonicMs
    let asked: Profile | null = null
    const answer = await answered(call, 'GET', () =>
      token(call, (profile) => {
        asked = profile
      }),
    )
    const { error } = answer.body as { error?: { code: ErrorCode } }
    desk.activity.count({
      kind: 'command-line',
      profile: asked,
      outcome: error?.code ?? 'ok',
      durationMs: clock.read().monotonicMs - beganMs,
    })
    return answer
  }

  function mayEnd(): Record<string, never> {
    if (isWindowless()) return {}
    throw deskError('forbidden', {
      message: 'Token Desk has a window, so it is not ended from here.',
      hint: 'Quit it there.',
    })
  }

  return (call) => {
    if (call.path === '/token') return counted(call)
    if (call.path === '/profiles') return answered(call, 'GET', list)
    if (call.path === '/quit') {
      return answered(call, 'POST', mayEnd).then((answer) =>
        answer.status === 200 ? { ...answer, afterwards: quit } : answer,
      )
    }
    return answered(call, call.method, () => {
      throw deskError('route_unknown', { hint: 'There are /profiles, /token and /quit.' })
    })
  }
}

async function answered(call: Call, method: string, work: () => unknown): Promise<Answer> {
  try {
    if (call.refusal) throw call.refusal
    if (call.method !== method) throw deskError('method_refused', { message: `Only ${method} is answered here.` })
    return { status: 200, body: await work() }
  } catch (thrown) {
    const error = toAppError(thrown)
    return { status: STATUS[error.code] ?? BAD_GATEWAY, body: { error } }
  }
}

/** @throws DeskError `bad_request` where it is missing or given twice */
function single(query: URLSearchParams, name: string): string {
  const [value, ...more] = query.getAll(name)
  if (value === undefined || more.length > 0) throw deskError('bad_request', { message: `Give one ${name}.` })
  return value
}
