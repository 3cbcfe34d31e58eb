import { AsyncLocalStorage } from 'node:async_hooks'
import type { KeyObject } from 'node:crypto'
import { createRequire } from 'node:module'
import { originOf } from '../../shared/environments.js'
import type { ClockReading } from '../../shared/lifetime.js'
import { readAnswerText, readTraceToken } from './answer-text.js'
import { DeskError, deskError } from './desk-error.js'
import { grantError, type ServerAnswer } from './grant-errors.js'
import { networkError } from './network-errors.js'
import type { Clock, Fetch } from './ports.js'

/** The only file that touches docusign-esign: an RFC 7523 JWT bearer grant through its `ApiClient`. */

export interface GrantRequest {
  /** Bare host: the assertion's `aud`, and where the request goes. */
  readonly oauthHost: string
  readonly integrationKey: string
  /** `null` asks for an application token. An empty string is refused: the SDK would silently do the same with it. */
  readonly userId: string | null
  readonly scopes: readonly string[]
  /** Life of the assertion, seconds; 3600 at most. */
  readonly assertionLifetimeS: number
}

export interface GrantedToken {
  readonly accessToken: string
  /** From `expires_in`, milliseconds. */
  readonly lifetimeMs: number
  /** When the request was sent: the lifetime counts from here, so that it never counts too long. */
  readonly sentAt: ClockReading
  /** Docusign's `X-DocuSign-TraceToken` of the answer. */
  readonly traceToken: string | null
}

export type RequestToken = (request: GrantRequest, privateKey: KeyObject, signal: AbortSignal) => Promise<GrantedToken>

/** The part of docusign-esign's ApiClient in use; the package ships no types. */
interface ApiClient {
  setOAuthBasePath(host: string): void
  requestJWTUserToken(
    key: string,
    userId: string,
    scopes: string[],
    privateKey: KeyObject,
    lifetimeS: number,
  ): Promise<unknown>
  requestJWTApplicationToken(key: string, scopes: string[], privateKey: KeyObject, lifetimeS: number): Promise<unknown>
}
interface OutgoingRequest {
  readonly baseURL?: string
  readonly url?: string
  readonly data?: unknown
}
interface AxiosLike {
  defaults: {
    adapter: (config: OutgoingRequest) => Promise<unknown>
    transformRequest: ((form: Record<string, string>) => string)[]
    transformResponse: []
  }
}

type Send = (config: OutgoingRequest) => Promise<ServerAnswer>
const exchange = new AsyncLocalStorage<Send>()
/** Requests under way. While there are any, every promise of the app is tracked, which makes each a good deal slower. */
let exchanging = 0

/**
 * The SDK sends through the `axios` beside it and offers no other way in, so that axios gets an adapter once, which
 * hands each request to whoever started it. The adapter answers every status: the SDK's own failure would be an
 * AxiosError, whose JSON carries the signed assertion.
 */
let sdk: Promise<new (options: { basePath: string }) => ApiClient> | undefined
function loadSdk() {
  sdk ??= (async () => {
    // ApiClient alone: the whole package takes three times as long to load.
    const { default: ApiClient } = await import('docusign-esign/src/ApiClient.js')
    const requireBesideSdk = createRequire(createRequire(import.meta.url).resolve('docusign-esign/src/ApiClient.js'))
    const axios = requireBesideSdk('axios') as AxiosLike
    axios.defaults.adapter = async (config) => {
      const send = exchange.getStore()
      if (!send) throw deskError('internal')
      const answer = await send(config)
      return { status: answer.status, statusText: '', headers: {}, data: answer.text, config }
    }
    // Both ends are plain text here: axios's own transforms would walk the form and guess at the answer.
    axios.defaults.transformRequest = [(form) => new URLSearchParams(form).toString()]
    axios.defaults.transformResponse = []
    return ApiClient as new (options: {
      basePath: string
    }) => ApiClient
  })()
  return sdk
}

/**
 * @param fetch follows the system's proxy and certificates in the app (`net.fetch`)
 * @returns a function that asks once for a token. It throws DeskError only, never with anything of the assertion,
 *   the key or the answer in it.
 */
export function createJwtGrant({ fetch, clock }: { fetch: Fetch; clock: Clock }): RequestToken {
  return async (request, privateKey, signal) => {
    if (request.userId === '') throw deskError('user_not_found')
    const ApiClient = await loadSdk()
    const client = new ApiClient({ basePath: originOf(request.oauthHost) })
    client.setOAuthBasePath(request.oauthHost)

    let answer: ServerAnswer | undefined
    const sentAt = clock.read()
    exchanging += 1
    try {
      await exchange.run(
        async (config) => {
          answer = await send(fetch, request.oauthHost, config, signal)
          return answer
        },
        async () => {
          const scopes = [...request.scopes]
          // `expiresIn` not being a number, or a bad key, throws here and now rather than through the promise.
          await (request.userId === null
            ? client.requestJWTApplicationToken(request.integrationKey, scopes, privateKey, request.assertionLifetimeS)
            : client.requestJWTUserToken(
                request.integrationKey,
                request.userId,
                scopes,
                privateKey,
                request.assertionLifetimeS,
              ))
        },
      )
    } catch (thrown) {
      throw thrown instanceof DeskError ? thrown : deskError('internal')
    } finally {
      exchanging -= 1
      if (exchanging === 0) exchange.disable()
    }
    if (!answer) throw deskError('internal')
    return readToken(answer, sentAt, clock)
  }
}

async function send(fetch: Fetch, host: string, config: OutgoingRequest, signal: AbortSignal): Promise<ServerAnswer> {
  // The SDK falls back to production where it is unsure of the host. It must never decide where a request goes.
  if (config.baseURL !== `https://${host}` || config.url !== '/oauth/token') throw deskError('internal')
  try {
    const response = await fetch(`${originOf(host)}/oauth/token`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        Accept: 'application/json',
        'Cache-Control': 'no-store',
      },
      body: String(config.data),
      // A redirect would carry the assertion to another host.
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      signal,
    })
    return {
      status: response.status,
      text: await readAnswerText(response),
      date: response.headers.get('date'),
      retryAfter: response.headers.get('retry-after'),
      traceToken: readTraceToken(response.headers),
    }
  } catch (thrown) {
    throw networkError(thrown)
  }
}

function readToken(answer: ServerAnswer, sentAt: ClockReading, clock: Clock): GrantedToken {
  if (answer.status !== 200) throw grantError(answer, clock.read().wallMs)
  let body: unknown
  try {
    body = JSON.parse(answer.text)
  } catch {
    throw grantError(answer, clock.read().wallMs)
  }
  const { access_token: accessToken, expires_in: expiresIn } = (body ?? {}) as Record<string, unknown>
  const lifetimeS = typeof expiresIn === 'string' && /^\d+$/.test(expiresIn) ? Number(expiresIn) : expiresIn
  if (!isBearerToken(accessToken) || typeof lifetimeS !== 'number' || !Number.isFinite(lifetimeS) || lifetimeS <= 0) {
    throw deskError('token_unusable')
  }
  return { accessToken, lifetimeMs: lifetimeS * 1000, sentAt, traceToken: answer.traceToken }
}

/** RFC 6750 section 2.1, `b64token`, a little wider: visible ASCII, so that it is safe in a header. */
function isBearerToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value)
}
