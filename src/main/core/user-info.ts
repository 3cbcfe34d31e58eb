import { originOf } from '../../shared/environments.js'
import { readAnswerText, readTraceToken } from './answer-text.js'
import { DeskError, deskError } from './desk-error.js'
import { rateLimited } from './grant-errors.js'
import { networkError } from './network-errors.js'
import type { Clock, Fetch } from './ports.js'
import { withTimeout } from './retry.js'
import { readUserInfo, type UserInfo } from './user-info-answer.js'

/** How one request for user info went. */
export interface UserInfoAnswer {
  readonly status: number
  /** From the request to the end of the answer, whole milliseconds. */
  readonly latencyMs: number
  readonly traceToken: string | null
  /** What the answer says, or what is wrong with it. */
  readonly outcome: UserInfo | DeskError
}

export type AskUserInfo = (oauthHost: string, accessToken: string) => Promise<UserInfoAnswer>

/**
 * `GET /oauth/userinfo`, once, with nothing tried again: Docusign limits it by the hour.
 *
 * @returns a function that throws DeskError where no answer came: `timeout` after 15 s, or how the network failed
 */
export function createUserInfo({ fetch, clock }: { fetch: Fetch; clock: Clock }): AskUserInfo {
  return async (oauthHost, accessToken) => {
    const begun = clock.read()
    const abort = new AbortController()
    return withTimeout(clock, abort, async (signal) => {
      try {
        const response = await fetch(`${originOf(oauthHost)}/oauth/userinfo`, {
          method: 'GET',
          headers: { Authorization: `Bearer ${accessToken}`, Accept: 'application/json', 'Cache-Control': 'no-store' },
          // A redirect would carry the token to another host.
          redirect: 'manual',
          credentials: 'omit',
          cache: 'no-store',
          signal,
        })
        const outcome = await judge(response, oauthHost, clock).catch(asFound)
        const latencyMs = Math.round(clock.read().monotonicMs - begun.monotonicMs)
        return { status: response.status, latencyMs, traceToken: readTraceToken(response.headers), outcome }
      } catch (thrown) {
        throw networkError(thrown)
      }
    })
  }
}

/** @throws DeskError for everything but a user */
async function judge(response: Response, oauthHost: string, clock: Clock): Promise<UserInfo> {
  const { status, headers } = response
  // Read in each case, to free the connection.
  const text = await readAnswerText(response)
  if (status === 200) return readUserInfo(text, oauthHost)
  if (status === 401 || status === 403) throw deskError('token_refused')
  if (status === 429) throw rateLimited({ retryAfter: headers.get('retry-after') }, clock.read().wallMs)
  if (status >= 500) throw deskError('provider_unavailable', { message: 'Docusign’s server failed.' })
  throw deskError('not_docusign')
}

/** What is wrong with an answer is a finding; a connection that broke in the middle of it is not. */
function asFound(thrown: unknown): DeskError {
  if (thrown instanceof DeskError) return thrown
  throw thrown
}
