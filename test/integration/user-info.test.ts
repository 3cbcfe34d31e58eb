import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeskError } from '../../src/main/core/desk-error.js'
import { createJwtGrant } from '../../src/main/core/jwt-grant.js'
import { systemClock } from '../../src/main/core/system-clock.js'
import { createUserInfo, type UserInfoAnswer } from '../../src/main/core/user-info.js'
import { codeOf } from '../helpers/errors.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { anyKey } from '../helpers/keys.js'
import { nodeFetch, simulated } from '../helpers/simulated.js'

const ask = createUserInfo({ fetch: nodeFetch, clock: systemClock })
const codeIn = ({ outcome }: UserInfoAnswer) => (outcome instanceof DeskError ? outcome.code : 'user')

describe('user info against the simulator', () => {
  it('one account, then several; a status, a time and a trace token with each', async () => {
    const { simulator, request } = await simulated()
    try {
      const requestToken = createJwtGrant({ fetch: nodeFetch, clock: systemClock })
      const { accessToken } = await requestToken(request, anyKey().privateKey, new AbortController().signal)
      const one = await ask(simulator.host, accessToken)
      expect(one).toMatchObject({
        status: 200,
        latencyMs: expect.any(Number),
        traceToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
        outcome: { name: 'Sim Developer', accounts: [{ isDefault: true }], leftOut: 0 },
      })
      simulator.setScenario('several-accounts')
      const { outcome } = await ask(simulator.host, accessToken)
      expect(outcome).toMatchObject({
        accounts: [{ isDefault: false }, { isDefault: false }, { isDefault: true }],
        leftOut: 0,
      })
      simulator.setScenario('token-refused')
      const refused = await ask(simulator.host, accessToken)
      expect(refused).toMatchObject({ status: 401, traceToken: expect.any(String) })
      expect(codeIn(refused)).toBe('token_refused')
      expect(codeIn(await ask(simulator.host, 'no-token-at-all'))).toBe('token_refused')
    } finally {
      await simulator.close()
    }
  })
})

describe('user info against a server that misbehaves', () => {
  let server: Server
  let host: string
  let answer: RequestListener
  let seen: IncomingMessage[]
  beforeEach(async () => {
    seen = []
    server = createServer((request, response) => {
      seen.push(request)
      answer(request, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(() => {
    server.close()
    server.closeAllConnections()
  })

  it.each<[string, number, string, string]>([
    ['a captive portal', 200, '<html>Welcome</html>', 'not_docusign'],
    ['a user info without a user', 200, '{"accounts":[]}', 'user_info_unusable'],
    ['a forbidden token', 403, '{}', 'token_refused'],
    ['a failing server', 503, '', 'provider_unavailable'],
    ['nothing there', 404, 'canary', 'not_docusign'],
    ['a limit', 429, '{}', 'rate_limited'],
  ])('%s', async (_name, status, body, code) => {
    answer = (_request, response) => response.writeHead(status, { 'X-DocuSign-TraceToken': '<b>canary</b>' }).end(body)
    const answered = await ask(host, 'secret-token')
    expect(codeIn(answered)).toBe(code)
    expect(answered).toMatchObject({ status, traceToken: null })
    expect(JSON.stringify(answered)).not.toMatch(/canary|secret-token/)
  })
  it('a redirect is not followed: the token stays where it belongs', async () => {
    answer = (request, response) =>
      response.writeHead(302, { Location: `http://${host}/elsewhere?from=${request.url}` }).end()
    expect(codeIn(await ask(host, 'secret-token'))).toBe('not_docusign')
    expect(seen.map(({ url }) => url)).toEqual(['/oauth/userinfo'])
    expect(seen[0]?.headers.authorization).toBe('Bearer secret-token')
  })
  it('a body without end is given up at 256 KiB', async () => {
    let sent = 0
    answer = (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) sent += 16_384
      }
      response.on('drain', more)
      more()
    }
    expect(codeIn(await ask(host, 't'))).toBe('not_docusign')
    expect(sent).toBeLessThan(64 * 1024 * 1024)
  })
  it('a body that breaks off is a lost connection', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'Content-Length': '1000' }).write('{"sub":')
      setTimeout(() => response.destroy(), 20)
    }
    expect(await codeOf(() => ask(host, 't'))).toBe('connection_lost')
  })
  it('no answer within 15 seconds is a timeout, and the connection goes', async () => {
    const clock = new FakeClock()
    let gone = false
    answer = (request) => request.on('close', () => (gone = true))
    const asked = codeOf(() => createUserInfo({ fetch: nodeFetch, clock })(host, 't'))
    while (seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await clock.advance(15_000)
    expect(await asked).toBe('timeout')
    while (!gone) await new Promise((resolve) => setTimeout(resolve, 5))
  })
  it('nobody there is said as such', async () => {
    server.close()
    expect(await codeOf(() => ask(host, 't'))).toBe('connection_refused')
  })
})
