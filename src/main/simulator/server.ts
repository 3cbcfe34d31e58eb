import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Scenario } from '../../shared/views.js'
import { captivePortalPage, consentedPage, consentPage, deniedPage } from './consent-page.js'
import { createConsents } from './consents.js'
import { createRegistry, type Registration } from './registry.js'
import { userInfoBody } from './user-info.js'
import { type Refusal, type VerifiedAssertion, verifyAssertion } from './verify-assertion.js'

/** A stand-in for Docusign's authorization server: real HTTP on loopback, real RS256 verification, no accounts. */
export interface Simulator {
  /** `127.0.0.1:port`: also what an assertion's `aud` must be. */
  readonly host: string
  readonly scenario: Scenario
  /** Switching to `consent-required` also forgets the consents given so far. */
  setScenario(scenario: Scenario): void
  register(registrations: readonly Registration[]): void
  /** How many token requests came in, refused ones included. */
  readonly tokenRequests: number
  close(): Promise<void>
}

export interface SimulatorOptions {
  /** 0 takes a free one. */
  readonly port?: number
  /** Seconds; without it 3600 for users and 28800 for applications, as Docusign has been seen to answer. */
  readonly tokenLifetimeS?: number
  /** How long the scenario `slow` holds its answer, milliseconds. */
  readonly slowMs?: number
  /** The `Retry-After` of the scenario `rate-limited`, seconds. */
  readonly retryAfterS?: number
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const MAX_BODY_BYTES = 64 * 1024
const SKEW_S = 2 * 3600
const APPLICATION_SUB = '5a1d0000-0000-4000-8000-000000000000'

/** @throws Error with `code: 'EADDRINUSE'` when the port is taken */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { port = 0, tokenLifetimeS, slowMs = 20_000, retryAfterS = 20 } = options
  const registry = createRegistry()
  const consents = createConsents()
  const issued = new Map<string, { userId: string | null; expiresAtMs: number }>()
  let scenario: Scenario = 'normal'
  let tokenRequests = 0

  const server = createServer((request, response) => {
    route(request, response).catch(() => {
      if (!response.headersSent) sendJson(response, 500, { error: 'server_error' })
      else response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const clockMs = () => Date.now() + (scenario === 'clock-skew' ? SKEW_S * 1000 : 0)

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${host}`)
    response.setHeader('Date', new Date(clockMs()).toUTCString())
    response.setHeader('Cache-Control', 'no-store')
    response.setHeader('X-DocuSign-TraceToken', randomUUID())
    switch (`${request.method} ${url.pathname}`) {
      case 'POST /oauth/token':
        return token(response, new URLSearchParams(await readBody(request)))
      case 'GET /oauth/userinfo':
        return userInfo(response, request.headers.authorization)
      case 'GET /oauth/auth':
        return showConsent(response, url.searchParams)
      case 'POST /oauth/auth':
        return decideConsent(response, new URLSearchParams(await readBody(request)))
      case 'GET /oauth/consented':
        return sendHtml(response, 200, url.searchParams.has('error') ? deniedPage() : consentedPage())
      default:
        return sendJson(response, 404, { error: 'not_found' })
    }
  }

  async function token(response: ServerResponse, form: URLSearchParams): Promise<void> {
    tokenRequests += 1
    if (scenario === 'slow') await delay(slowMs, undefined, { ref: false })
    if (scenario === 'server-error') return send(response, 503, 'text/plain', '')
    if (scenario === 'html') return sendHtml(response, 200, captivePortalPage())
    if (scenario === 'rate-limited') {
      response.setHeader('Retry-After', String(retryAfterS))
      return sendJson(response, 429, { error: 'rate_limited' })
    }
    const outcome = judgeGrant(form)
    if ('error' in outcome) return sendJson(response, 400, outcome)
    const expiresInS = tokenLifetimeS ?? (outcome.userId === null ? 28_800 : 3600)
    const accessToken = mintToken()
    issued.set(accessToken, { userId: outcome.userId, expiresAtMs: clockMs() + expiresInS * 1000 })
    sendJson(response, 200, { access_token: accessToken, token_type: 'Bearer', expires_in: expiresInS })
  }

  function judgeGrant(form: URLSearchParams): VerifiedAssertion | Refusal {
    if (form.get('grant_type') !== JWT_BEARER) return { error: 'unsupported_grant_type' }
    const assertion = form.get('assertion')
    if (!assertion) return { error: 'invalid_request' }
    const verified = verifyAssertion(assertion, registry, host, clockMs() / 1000)
    if ('error' in verified) return verified
    if (scenario === 'unknown-user') return { error: 'invalid_grant', error_description: 'user_not_found' }
    if (scenario === 'wrong-key') return { error: 'invalid_grant', error_description: 'no_valid_keys_or_signatures' }
    const { integrationKey, userId, scopes } = verified
    if (scenario === 'consent-required' && userId !== null && !consents.covers(integrationKey, userId, scopes)) {
      return { error: 'consent_required' }
    }
    return verified
  }

  function userInfo(response: ServerResponse, authorization: string | undefined): void {
    const known = issued.get(authorization?.replace(/^Bearer /, '') ?? '')
    if (!known || known.expiresAtMs <= clockMs() || scenario === 'token-refused') {
      return sendJson(response, 401, { error: 'internal_server_error', reference_id: randomBytes(16).toString('hex') })
    }
    sendJson(response, 200, userInfoBody(known.userId ?? APPLICATION_SUB, host, scenario === 'several-accounts'))
  }

  /** `null` when the request is not one that this server would answer with a consent page. */
  function readConsentRequest(query: URLSearchParams) {
    const app = registry.find(query.get('client_id') ?? '')
    const redirectUri = query.get('redirect_uri') ?? ''
    const allowed = app?.redirectUris.has(redirectUri) || redirectUri === `http://${host}/oauth/consented`
    if (!app || !allowed || query.get('response_type') !== 'code') return null
    // For all users of an organization: `scope=openid`, and what is asked for in `admin_consent_scope`.
    const admin = query.get('admin_consent_scope')
    if (admin !== null && query.get('scope') !== 'openid') return null
    const scopes = (admin ?? query.get('scope') ?? '').split(' ').filter(Boolean)
    return { app, integrationKey: query.get('client_id') ?? '', redirectUri, scopes }
  }

  function showConsent(response: ServerResponse, query: URLSearchParams): void {
    const asked = readConsentRequest(query)
    if (!asked) return sendJson(response, 400, { error: 'invalid_request' })
    sendHtml(response, 200, consentPage(asked.integrationKey, asked.scopes, query))
  }

  function decideConsent(response: ServerResponse, form: URLSearchParams): void {
    const asked = readConsentRequest(form)
    if (!asked) return sendJson(response, 400, { error: 'invalid_request' })
    const target = new URL(asked.redirectUri)
    if (form.get('decision') === 'allow') {
      // Nobody signs in here, so consent counts for every user that the app is registered for.
      for (const userId of asked.app.userIds) consents.grant(asked.integrationKey, userId, asked.scopes)
      target.searchParams.set('code', randomBytes(24).toString('base64url'))
    } else {
      target.searchParams.set('error', 'access_denied')
    }
    const state = form.get('state')
    if (state !== null) target.searchParams.set('state', state)
    response.writeHead(302, { Location: target.href }).end()
  }

  return {
    host,
    get scenario() {
      return scenario
    },
    get tokenRequests() {
      return tokenRequests
    },
    setScenario(next) {
      if (next === 'consent-required') consents.clear()
      scenario = next
    },
    register: (registrations) => registry.replace(registrations),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Looks like Docusign's: a readable header, then bytes that are nobody's business. */
function mintToken(): string {
  const header = Buffer.from('{"typ":"MT","alg":"RS256","kid":"simulator"}').toString('base64url')
  return `${header}.${randomBytes(256).toString('base64url')}.${randomBytes(256).toString('base64url')}`
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) throw new Error('body too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'Content-Type': type, 'X-Content-Type-Options': 'nosniff' }).end(body)
}
const sendJson = (response: ServerResponse, status: number, body: object) =>
  send(response, status, 'application/json', JSON.stringify(body))
const sendHtml = (response: ServerResponse, status: number, body: string) =>
  send(response, status, 'text/html; charset=utf-8', body)
