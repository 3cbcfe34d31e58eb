import { randomUUID } from 'node:crypto'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deskError, toAppError } from '../../src/main/core/desk-error.js'
import { createJwtGrant, type GrantRequest } from '../../src/main/core/jwt-grant.js'
import { systemClock } from '../../src/main/core/system-clock.js'
import type { Simulator } from '../../src/main/simulator/server.js'
import { codeOf, failureOf } from '../helpers/errors.js'
import { anyKey, makeRsa } from '../helpers/keys.js'
import { nodeFetch, simulated } from '../helpers/simulated.js'

const requestToken = createJwtGrant({ fetch: nodeFetch, clock: systemClock })
const signal = new AbortController().signal
const { privateKey } = anyKey()

let simulator: Simulator
let request: GrantRequest
beforeAll(async () => {
  ;({ simulator, request } = await simulated({ retryAfterS: 7 }))
})
afterAll(() => simulator.close())
afterEach(() => simulator.setScenario('normal'))

const ask = (change: Partial<GrantRequest> = {}, key = privateKey) =>
  requestToken({ ...request, ...change }, key, signal)

describe('a grant against the simulator', () => {
  it('a user grant brings a token that user info accepts', async () => {
    const { accessToken, lifetimeMs } = await ask()
    expect(lifetimeMs).toBe(3_600_000)
    const info = await fetch(`http://${simulator.host}/oauth/userinfo`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    })
    expect(info.status).toBe(200)
    expect(await info.json()).toMatchObject({ sub: request.userId, accounts: [{ is_default: true }] })
  })
  it('an application grant lives as long as the answer says', async () => {
    expect((await ask({ userId: null, scopes: ['organization_read'] })).lifetimeMs).toBe(28_800_000)
  })
  it('an empty user is refused, never turned into an application grant', async () => {
    expect(await codeOf(() => ask({ userId: '' }))).toBe('user_not_found')
  })
  it('two requests at once to two hosts do not mix', async () => {
    const other = await simulated()
    try {
      const [mine, theirs] = await Promise.all([ask(), requestToken(other.request, privateKey, signal)])
      expect(mine.accessToken).not.toBe(theirs.accessToken)
      const crossed = await fetch(`http://${simulator.host}/oauth/userinfo`, {
        headers: { Authorization: `Bearer ${theirs.accessToken}` },
      })
      expect(crossed.status).toBe(401)
    } finally {
      await other.simulator.close()
    }
  })

  it.each<[string, Partial<GrantRequest>]>([
    ['issuer_not_found', { integrationKey: randomUUID() }],
    ['user_not_found', { userId: randomUUID() }],
    ['user_not_found', { userId: 'someone@example.com' }],
    ['scope_rejected', { scopes: ['signature', 'impersonation', 'no_such_scope'] }],
    ['signature_rejected', { assertionLifetimeS: 7200 }],
  ])('%s', async (code, change) => {
    expect(await codeOf(() => ask(change))).toBe(code)
  })
  it('signature_rejected for another key', async () => {
    expect(await failureOf(() => ask({}, makeRsa().privateKey))).toMatchObject({
      code: 'signature_rejected',
      remedy: 'load-key',
      retryable: false,
    })
  })
})

describe('the simulator’s scenarios, as errors', () => {
  it.each([
    ['consent-required', { code: 'consent_required', remedy: 'grant-consent', retryable: false }],
    ['unknown-user', { code: 'user_not_found' }],
    ['wrong-key', { code: 'signature_rejected' }],
    ['server-error', { code: 'provider_unavailable', retryable: true }],
    ['rate-limited', { code: 'rate_limited', retryAfterMs: 7000 }],
    ['html', { code: 'not_docusign' }],
    ['clock-skew', { code: 'clock_skewed' }],
  ] as const)('%s', async (scenario, expected) => {
    simulator.setScenario(scenario)
    expect(await failureOf(() => ask())).toMatchObject(expected)
  })
  it('a skewed clock is told by how much and which way', async () => {
    simulator.setScenario('clock-skew')
    expect((await failureOf(() => ask())).message).toContain('2 hours behind')
  })
  it('consent given on the page lets the same request through', async () => {
    simulator.setScenario('consent-required')
    const form = new URLSearchParams({
      response_type: 'code',
      client_id: request.integrationKey,
      scope: request.scopes.join(' '),
      redirect_uri: `http://${simulator.host}/oauth/consented`,
      decision: 'allow',
    })
    const decided = await fetch(`http://${simulator.host}/oauth/auth`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    })
    expect(decided.headers.get('location')).toMatch(/\/oauth\/consented\?code=/)
    expect((await ask()).accessToken).toBeTruthy()
    expect(await codeOf(() => ask({ scopes: [...request.scopes, 'click.manage'] }))).toBe('consent_required')
  })
})

describe('answers that no Docusign would send', () => {
  let server: Server
  let reply: RequestListener
  const seen: { authorization: string | undefined; body: string }[] = []
  beforeEach(async () => {
    seen.length = 0
    server = createServer((incoming, response) => {
      let body = ''
      incoming.on('data', (chunk) => {
        body += chunk
      })
      incoming.on('end', () => {
        seen.push({ authorization: incoming.headers.authorization, body })
        reply(incoming, response)
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterEach(() => {
    server.closeAllConnections()
    server.close()
  })
  const askHere = () => ask({ oauthHost: `127.0.0.1:${(server.address() as AddressInfo).port}` })
  const json =
    (status: number, body: unknown): RequestListener =>
    (_request, response) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    }

  it.each<[string, unknown]>([
    ['no token', { expires_in: 3600 }],
    ['an empty token', { access_token: '', expires_in: 3600 }],
    ['a token that is no text', { access_token: 5, expires_in: 3600 }],
    ['a token with a line break', { access_token: 'a\r\nX: y', expires_in: 3600 }],
    ['no lifetime', { access_token: 'abc' }],
    ['a lifetime of zero', { access_token: 'abc', expires_in: 0 }],
    ['a negative lifetime', { access_token: 'abc', expires_in: -5 }],
    ['a lifetime in words', { access_token: 'abc', expires_in: 'soon' }],
    ['null', null],
    ['a list', []],
  ])('%s is an error', async (_name, body) => {
    reply = json(200, body)
    expect(await codeOf(askHere)).toBe('token_unusable')
  })
  it.each<[string, number, string, string]>([
    ['an empty 500', 500, '', 'provider_unavailable'],
    ['an HTML 502', 502, '<html>', 'provider_unavailable'],
    ['an HTML 403', 403, '<html>', 'not_docusign'],
    ['an empty 200', 200, '', 'not_docusign'],
    ['an error without a name', 400, '{"message":"no"}', 'not_docusign'],
    ['an error nobody knows', 400, '{"error":"brand_new"}', 'grant_rejected'],
    ['a prototype name as error', 400, '{"error":"constructor"}', 'grant_rejected'],
    ['invalid_client', 400, '{"error":"invalid_client"}', 'client_rejected'],
    ['invalid_request', 400, '{"error":"invalid_request"}', 'request_malformed'],
    ['unsupported_grant_type', 400, '{"error":"unsupported_grant_type"}', 'request_malformed'],
    ['an inactive user', 400, '{"error":"invalid_grant","error_description":"invalid_subject"}', 'user_not_found'],
    ['expired_grant', 400, '{"error":"invalid_grant","error_description":"expired_grant"}', 'assertion_expired'],
  ])('%s', async (_name, status, body, code) => {
    reply = (_request, response) => response.writeHead(status).end(body)
    expect(await codeOf(askHere)).toBe(code)
  })
  it('a redirect is not followed: the assertion stays here', async () => {
    reply = (_request, response) => response.writeHead(307, { Location: `http://${simulator.host}/oauth/token` }).end()
    const before = simulator.tokenRequests
    expect(await codeOf(askHere)).toBe('not_docusign')
    expect(simulator.tokenRequests).toBe(before)
  })
  it('an endless page is cut off', async () => {
    reply = (_request, response) => {
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(64 * 1024))) {}
        response.once('drain', pour)
      }
      pour()
    }
    expect(await codeOf(askHere)).toBe('not_docusign')
  })
  it('a connection that breaks is told as such', async () => {
    reply = (_request, response) => {
      response.writeHead(200, { 'Content-Length': '500' })
      response.write('{"acc')
      setTimeout(() => response.destroy(), 20)
    }
    expect(await codeOf(askHere)).toBe('connection_lost')
  })
  it('an HTTP-date in Retry-After is understood', async () => {
    reply = (_request, response) =>
      response.writeHead(429, { 'Retry-After': new Date(Date.now() + 30_000).toUTCString() }).end()
    const { retryAfterMs = 0 } = await failureOf(askHere)
    expect(retryAfterMs).toBeGreaterThan(20_000)
    expect(retryAfterMs).toBeLessThanOrEqual(30_000)
  })
  it('no bearer of an earlier token travels with a later request', async () => {
    reply = json(200, { access_token: 'abc', expires_in: 60 })
    await askHere()
    await askHere()
    expect(seen.map(({ authorization }) => authorization)).toEqual([undefined, undefined])
  })
  it('no error carries the assertion, the answer or the key', async () => {
    const canary = `canary-${randomUUID()}`
    for (const [status, body] of [
      [400, { error: canary, error_description: canary }],
      [200, { access_token: `${canary} `, expires_in: 1 }],
      [500, canary],
    ] as const) {
      reply = json(status, body)
      const thrown = await askHere().catch((error: unknown) => error)
      const everything = `${JSON.stringify(thrown)} ${String(thrown)} ${(thrown as Error).stack} ${JSON.stringify(toAppError(thrown))}`
      expect(everything).not.toContain(canary)
      expect(everything).not.toContain(new URLSearchParams(seen.at(-1)?.body).get('assertion') ?? 'missing')
    }
  })
})

describe('when there is no way to Docusign', () => {
  it('nothing listens', async () => {
    const probe = createTcpServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => probe.once('listening', resolve))
    const { port } = probe.address() as AddressInfo
    await new Promise((resolve) => probe.close(resolve))
    expect(await codeOf(() => ask({ oauthHost: `127.0.0.1:${port}` }))).toBe('connection_refused')
  })
  it('the name does not exist', async () => {
    expect(await codeOf(() => ask({ oauthHost: 'account.invalid' }))).toBe('dns_failed')
  })
  it('the other side speaks no TLS', async () => {
    const plain = createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
    await new Promise((resolve) => plain.once('listening', resolve))
    const { port } = plain.address() as AddressInfo
    // A name that is not this computer's, so that the request goes out over https; it is led here all the same.
    const viaTls = createJwtGrant({
      fetch: (url, init) => fetch(url.replace('account.invalid', '127.0.0.1'), init),
      clock: systemClock,
    })
    const code = await codeOf(() => viaTls({ ...request, oauthHost: `account.invalid:${port}` }, privateKey, signal))
    plain.close()
    expect(code).toBe('tls_failed')
  })
  it.each([
    ['net::ERR_INTERNET_DISCONNECTED', 'offline'],
    ['net::ERR_NAME_NOT_RESOLVED', 'dns_failed'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'tls_failed'],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'tls_failed'],
    ['net::ERR_CONNECTION_REFUSED', 'connection_refused'],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'connection_refused'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'timeout'],
    ['net::ERR_CONNECTION_RESET', 'connection_lost'],
    ['Redirect was cancelled', 'not_docusign'],
  ])('Electron’s %s is understood too', async (message, code) => {
    const failing = createJwtGrant({ fetch: () => Promise.reject(new Error(message)), clock: systemClock })
    expect(await codeOf(() => failing(request, privateKey, signal))).toBe(code)
  })
  it('an error of ours passes unchanged', async () => {
    const failing = createJwtGrant({ fetch: () => Promise.reject(deskError('timeout')), clock: systemClock })
    expect(await codeOf(() => failing(request, privateKey, signal))).toBe('timeout')
  })
})
