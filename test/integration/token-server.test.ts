import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { codeOf } from '../helpers/errors.js'
import { FakeClock, settle } from '../helpers/fake-clock.js'
import { freePort } from '../helpers/free-port.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { profileInput } from '../helpers/profile-input.js'
import { sendRaw } from '../helpers/raw-http.js'
import { type TokenServerDesk, tokenServerDesk } from '../helpers/token-server-desk.js'

const pem = pkcs1Pem(makeRsa().privateKey)
let clock: FakeClock
let served: TokenServerDesk
let secret: string
let id: string

const port = () => served.settings.serverPort
const ledger = () => served.desk.activity.list().filter(({ kind }) => kind === 'token-server')
const bodyOf = async (response: Promise<Response>) => (await (await response).json()) as Record<string, unknown>
const raw = (lines: string[], options?: Parameters<typeof sendRaw>[2]) =>
  sendRaw(port(), `${lines.join('\r\n')}\r\n\r\n`, options)
const withSecret = (...lines: string[]) =>
  raw(['GET /docusignAuthkey HTTP/1.1', `Authorization: Bearer ${secret}`, 'Connection: close', ...lines])
const simulatorProfile = () => {
  const [profile] = served.desk.profiles.list()
  if (!profile) throw new Error('no profile')
  return profile
}

beforeEach(async () => {
  clock = new FakeClock()
  served = await tokenServerDesk({ clock })
  id = simulatorProfile().id
  secret = (await served.server.newSecret(id)).secret
})
afterEach(() => served.stop())

describe('the original route', () => {
  it.each(['/docusignAuthkey', '/docusignAuthKey'])('%s answers with the original’s fields', async (path) => {
    const response = await served.ask(path, secret)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { accessToken } = await served.desk.tokens.get(id)
    expect(await response.json()).toEqual({
      success: true,
      message: 'JWT Token obtained successfully',
      token: accessToken,
      expiresAt: served.desk.tokens.status(id).token?.expiresAtMs,
      environment: 'simulator',
      profile: 'Simulator',
      basePath: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/restapi$/),
      accountId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })
  it('fails with status 500 and the original’s fields, and says why besides', async () => {
    served.desk.simulator.setScenario('consent-required')
    const response = await served.ask('/docusignAuthkey', secret)
    expect(response.status).toBe(500)
    expect(await response.json()).toEqual({
      success: false,
      error: 'Failed to obtain JWT token',
      code: 'consent_required',
      hint: expect.stringMatching(/consent/),
      environment: 'simulator',
      profile: 'Simulator',
    })
  })
  it('asks Docusign once, however many ask', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => served.ask('/docusignAuthkey', secret)))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    await Promise.all(answers.map((answer) => answer.arrayBuffer()))
    expect(served.desk.activity.list().filter(({ kind }) => kind === 'token')).toHaveLength(1)
    expect(served.desk.activity.list().filter(({ kind }) => kind === 'user-info')).toHaveLength(1)
    expect(ledger()).toMatchObject([{ outcome: 'ok', calls: 200, profile: 'Simulator', environment: 'simulator' }])
  })
  it('renews a token that has less than five minutes left', async () => {
    const { token } = await bodyOf(served.ask('/docusignAuthkey', secret))
    await clock.advance(56 * 60_000)
    const next = await bodyOf(served.ask('/docusignAuthkey', secret))
    expect(next.success).toBe(true)
    expect(next.token).not.toBe(token)
  })
})

describe('the other routes', () => {
  it('list the profile that the secret opens, and no other', async () => {
    const { stagedKeyId } = served.desk.keyDesk.stage(pem)
    await served.desk.saveProfile(profileInput({ name: 'A client nobody should hear of', stagedKeyId }))
    expect(await bodyOf(served.ask('/v1/profiles', secret))).toEqual({
      profiles: [{ name: 'Simulator', environment: 'simulator', tokenPath: '/v1/profiles/Simulator/token' }],
    })
  })
  it('give a named profile’s token, in any case and percent-encoded', async () => {
    served.desk.profiles.save({ ...profileOf(), name: 'Ünit / 1' })
    const { tokenPath } =
      ((await bodyOf(served.ask('/v1/profiles', secret))).profiles as { tokenPath: string }[])[0] ?? {}
    expect(tokenPath).toBe('/v1/profiles/%C3%9Cnit%20%2F%201/token')
    expect(await bodyOf(served.ask(`${tokenPath}`, secret))).toMatchObject({ success: true, profile: 'Ünit / 1' })
    expect((await served.ask('/v1/profiles/%C3%BCNIT%20%2f%201/token', secret)).status).toBe(200)
  })
  it.each(['Other', '%', '%FF', '..%2f..', ''])('refuse the name %j', async (name) => {
    const response = await served.ask(`/v1/profiles/${name}/token`, secret)
    expect([403, 404]).toContain(response.status)
    expect(await response.json()).toMatchObject({ success: false, code: expect.stringMatching(/not_served|unknown/) })
  })
  it('say that the server runs, and what it offers, without a secret', async () => {
    expect(await bodyOf(served.ask('/healthz', null))).toEqual({ status: 'ok' })
    expect(await bodyOf(served.ask('/openapi.json', null))).toMatchObject({ openapi: '3.1.0' })
  })
})

describe('who may ask: the secret', () => {
  const wrong = () => [null, '', 'x', `${secret}x`, secret.slice(0, -1), secret.toUpperCase(), `${secret},${secret}`]
  it('is needed, whole and exact, and nothing else is answered without it', async () => {
    for (const given of wrong()) {
      for (const path of ['/docusignAuthkey', '/v1/profiles', '/v1/profiles/Simulator/token', '/nothing']) {
        const response = await served.ask(path, given)
        expect([401, 429]).toContain(response.status)
        expect(JSON.stringify(await response.json())).not.toContain('Simulator')
      }
    }
    expect(ledger().some(({ outcome }) => outcome === 'secret_wrong')).toBe(true)
  })
  it.each(['Basic', 'Token', 'Bearer:', ''])('does not count under the scheme %j', async (scheme) => {
    const response = await served.ask('/docusignAuthkey', null, { headers: { Authorization: `${scheme} ${secret}` } })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
  })
  it('does not count in the address, a cookie or a body', async () => {
    for (const path of [`?token=${secret}`, `?access_token=${secret}`, `?authorization=Bearer%20${secret}`]) {
      expect((await served.ask(`/docusignAuthkey${path}`, null)).status).toBe(401)
    }
    const response = await served.ask('/docusignAuthkey', null, { headers: { Cookie: `authorization=${secret}` } })
    expect(response.status).toBe(401)
  })
  it('has 32 random bytes, is told once and kept as a hash alone', async () => {
    expect(Buffer.from(secret.replace(/^tdk_/, ''), 'base64url')).toHaveLength(32)
    expect(JSON.stringify(served.store.document)).not.toContain(secret.slice(4, 20))
    expect(served.server.textFor(id, 'secret')).toEqual({ text: secret, isSecret: true })
    served.server.forgetSecret(id)
    expect(await codeOf(() => served.server.textFor(id, 'secret'))).toBe('secret_gone')
    expect(served.server.textFor(id, 'postman-environment').text).not.toContain(secret)
    expect((await served.ask('/docusignAuthkey', secret)).status).toBe(200)
  })
  it('is not held for copying longer than ten minutes', async () => {
    await clock.advance(600_000)
    expect(await codeOf(() => served.server.textFor(id, 'secret'))).toBe('secret_gone')
  })
  it('of the past opens nothing once there is a new one', async () => {
    const { secret: next } = await served.server.newSecret(id)
    expect((await served.ask('/docusignAuthkey', secret)).status).toBe(401)
    expect((await served.ask('/docusignAuthkey', next)).status).toBe(200)
  })
  it('opens one profile alone', async () => {
    const { stagedKeyId } = served.desk.keyDesk.stage(pem)
    const other = await served.desk.saveProfile(profileInput({ name: 'Other', environment: 'simulator', stagedKeyId }))
    const { secret: theirs } = await served.server.newSecret(other.id)
    expect(await bodyOf(served.ask('/docusignAuthkey', theirs))).toMatchObject({ profile: 'Other' })
    expect((await served.ask('/v1/profiles/Simulator/token', theirs)).status).toBe(403)
    expect((await served.ask('/v1/profiles/Other/token', secret)).status).toBe(403)
    // Which profile the window shows changes nothing for a client.
    served.desk.profiles.select(other.id)
    expect(await bodyOf(served.ask('/docusignAuthkey', secret))).toMatchObject({ profile: 'Simulator' })
  })
  it('opens nothing once the profile is switched off, is gone or acts elsewhere', async () => {
    const { stagedKeyId } = served.desk.keyDesk.stage(pem)
    const other = await served.desk.saveProfile(profileInput({ name: 'Other', environment: 'simulator', stagedKeyId }))
    const { secret: theirs } = await served.server.newSecret(other.id)
    await served.server.setServed(other.id, false)
    expect((await served.ask('/docusignAuthkey', theirs)).status).toBe(401)
    await served.server.setServed(other.id, true)
    expect((await served.ask('/docusignAuthkey', theirs)).status).toBe(200)
    const { keyId: _, keyIds: __, ...fields } = served.desk.profiles.find(other.id)
    await served.desk.saveProfile({ ...fields, environment: 'demo' })
    expect((await served.ask('/docusignAuthkey', theirs)).status).toBe(401)
    served.desk.removeProfile(other.id)
    expect((await served.ask('/docusignAuthkey', theirs)).status).toBe(401)
    expect(JSON.stringify(served.store.document)).not.toContain(other.id)
  })
  it('in a damaged or foreign document opens nothing', async () => {
    const hash = 'a'.repeat(64)
    for (const entry of [
      1,
      null,
      {},
      { served: true, secretHash: hash },
      { served: 1, environment: 'demo', secretHash: hash },
    ]) {
      const other = await tokenServerDesk({}, new MemoryStore({ profiles: { [id]: entry } }))
      expect(other.server.status().state).toBe('off')
      await other.stop()
    }
  })
})

describe('who may ask: the way', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost',
    '0.0.0.0:PORT',
    '127.0.0.2:PORT',
    'localhost.evil.example:PORT',
    '127.0.0.1:PORT.evil.example',
    '',
  ])('a Host of %j is refused (DNS rebinding)', async (host) => {
    const { status, body } = await withSecret(`Host: ${host.replace('PORT', String(port()))}`)
    expect(status).toBe(421)
    expect(JSON.parse(body)).toMatchObject({ success: false, code: 'host_refused' })
    expect(ledger()).toMatchObject([{ outcome: 'host_refused', profile: '', environment: null }])
  })
  it('no Host, two of them, and a foreign address in the request line are refused', async () => {
    const withoutHost = await withSecret()
    expect(withoutHost.status).toBe(400)
    expect(JSON.parse(withoutHost.body)).toMatchObject({ code: 'request_unreadable', hint: /HTTP/ })
    expect((await withSecret(`Host: 127.0.0.1:${port()}`, 'Host: evil.example')).status).toBe(421)
    const absolute = [`GET http://evil.example/docusignAuthkey HTTP/1.1`, `Authorization: Bearer ${secret}`]
    expect((await raw([...absolute, `Host: 127.0.0.1:${port()}`, 'Connection: close'])).status).toBe(404)
  })
  it.each(['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]'])('a Host of %s with the port is taken', async (name) => {
    expect((await withSecret(`Host: ${name}:${port()}`)).status).toBe(200)
  })
  it.each([
    'Origin: https://evil.example',
    'Origin: null',
    'Origin: http://localhost:3000',
    'Origin: ',
    'Sec-Fetch-Site: cross-site',
    'Sec-Fetch-Site: same-site',
    'Sec-Fetch-Site: same-origin',
  ])('%s, as a web page’s request bears it, is refused with the right secret too', async (line) => {
    const { status, headers, body } = await withSecret(`Host: 127.0.0.1:${port()}`, line)
    expect(status).toBe(403)
    expect(headers.toLowerCase()).not.toContain('access-control')
    expect(body).not.toContain('Simulator')
    expect(ledger()).toMatchObject([{ outcome: 'origin_refused' }])
  })
  it('a preflight is not answered as one (no CORS)', async () => {
    const response = await served.ask('/docusignAuthkey', secret, { method: 'OPTIONS' })
    expect(response.status).toBe(405)
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'])('%s is refused', async (method) => {
    const response = await served.ask('/docusignAuthkey', secret, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET')
  })
  it('nobody outside this computer reaches it', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address && !address.internal && address.family === 'IPv4')
      .map((address) => address?.address ?? '')
    for (const host of outside) {
      const refused = await new Promise((resolve) => {
        const socket = connect({ port: port(), host })
        socket.once('error', () => resolve(true))
        socket.once('connect', () => {
          socket.destroy()
          resolve(false)
        })
      }).catch(() => true)
      expect(refused).toBe(true)
    }
    expect(
      (
        await sendRaw(port(), `GET /healthz HTTP/1.1\r\nHost: [::1]:${port()}\r\nConnection: close\r\n\r\n`, {
          host: '::1',
        })
      ).status,
    ).toBe(200)
  })
})

describe('how much may be asked', () => {
  it('wrong secrets are refused faster than they come, and the right one is answered meanwhile', async () => {
    const statuses = []
    for (let made = 0; made < 60; made += 1) {
      const response = await served.ask('/docusignAuthkey', 'wrong')
      await response.arrayBuffer()
      statuses.push(response.status)
      if (response.status === 429) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(30)
    expect(statuses.filter((status) => status === 429)).toHaveLength(30)
    expect((await served.ask('/docusignAuthkey', secret)).status).toBe(200)
    expect(ledger()).toHaveLength(3)
    await clock.advance(2000)
    expect((await served.ask('/docusignAuthkey', 'wrong')).status).toBe(401)
  })
  it('a profile that Docusign refuses is not asked for again and again', async () => {
    served.desk.simulator.setScenario('consent-required')
    for (let made = 0; made < 50; made += 1) await (await served.ask('/docusignAuthkey', secret)).arrayBuffer()
    expect(served.desk.activity.list().filter(({ kind }) => kind === 'token')).toHaveLength(5)
    expect(await bodyOf(served.ask('/docusignAuthkey', secret))).toMatchObject({ code: 'too_many_calls' })
    served.desk.simulator.setScenario('normal')
    await served.desk.tokens.get(id, { fresh: true })
    expect((await served.ask('/docusignAuthkey', secret)).status).toBe(200)
  })
  it('a body is refused, announced or sent', async () => {
    const host = `Host: 127.0.0.1:${port()}`
    expect((await withSecret(host, 'Content-Length: 5')).status).toBe(413)
    expect((await withSecret(host, 'Transfer-Encoding: chunked')).status).toBe(413)
    expect((await withSecret(host, `Content-Length: ${10 ** 15}`)).status).toBe(413)
    expect((await withSecret(host, 'Content-Length: 0')).status).toBe(200)
  })
  it('large headers, a long address and what is no HTTP are refused, and it goes on', async () => {
    const host = `Host: 127.0.0.1:${port()}`
    expect((await withSecret(host, `X-Large: ${'x'.repeat(20_000)}`)).status).toBe(431)
    expect((await raw([`GET /${'x'.repeat(20_000)} HTTP/1.1`, host])).status).toBe(431)
    for (const text of ['\0\0\0', 'SSH-2.0-x', 'GET / HTTP/9.9', 'PRI * HTTP/2.0'])
      expect([400, 0]).toContain((await raw([text])).status)
    expect((await withSecret(host, 'Content-Length: 1', 'Transfer-Encoding: chunked')).status).toBe(400)
    expect((await served.ask('/docusignAuthkey', secret)).status).toBe(200)
    expect(ledger().some(({ outcome }) => outcome === 'request_too_large')).toBe(true)
  })
  it('who sends his request slowly is cut off within seconds', async () => {
    const beganMs = performance.now()
    const { status } = await sendRaw(port(), 'GET /docusignAuthkey HTTP/1.1\r\nX-Slow: ', { untilMs: 15_000 })
    expect(status).toBe(408)
    expect(performance.now() - beganMs).toBeLessThan(10_000)
  })
  it('hundreds of connections that say nothing do not keep the right secret out for long', async () => {
    const sockets = Array.from({ length: 400 }, () =>
      connect({ port: port(), host: '127.0.0.1' }).on('error', () => {}),
    )
    await new Promise((resolve) => setTimeout(resolve, 300))
    await expect
      .poll(async () => (await served.ask('/docusignAuthkey', secret).catch(() => null))?.status, { timeout: 15_000 })
      .toBe(200)
    for (const socket of sockets) socket.destroy()
  })
  it('a tunnel is hung up on, and no other protocol is spoken', async () => {
    expect((await raw(['CONNECT evil.example:443 HTTP/1.1', 'Host: evil.example:443'])).status).toBe(0)
    const upgrade = [`Host: 127.0.0.1:${port()}`, 'Connection: Upgrade', 'Upgrade: websocket']
    // RFC 9110 section 7.8: what was asked is answered, and the protocol stays what it is.
    const { status, headers } = await raw(['GET /docusignAuthkey HTTP/1.1', ...upgrade])
    expect(status).toBe(401)
    expect(headers).not.toMatch(/upgrade/i)
  })
})

describe('production', () => {
  let live: string
  let requested: string[]
  beforeEach(async () => {
    await served.stop()
    requested = []
    served = await tokenServerDesk({
      clock,
      // In Docusign's place.
      fetch: async (url) => {
        requested.push(url)
        return Response.json({ access_token: 'a'.repeat(700), token_type: 'Bearer', expires_in: 3600 })
      },
    })
    const { stagedKeyId } = served.desk.keyDesk.stage(pem)
    live = (await served.desk.saveProfile(profileInput({ name: 'Live', environment: 'production', stagedKeyId }))).id
  })
  it('is not served before its own switch is on', async () => {
    expect(await codeOf(() => served.server.newSecret(live))).toBe('production_not_served')
    expect(await codeOf(() => served.server.setServed(live, true))).toBe('production_not_served')
    expect(served.server.status().state).toBe('off')
  })
  it('is no longer served once that is off again, whatever the profile’s switch says', async () => {
    served.settings = { ...served.settings, serveProduction: true }
    const { secret: theirs } = await served.server.newSecret(live)
    expect(await bodyOf(served.ask('/docusignAuthkey', theirs))).toMatchObject({ environment: 'production' })
    served.settings = { ...served.settings, serveProduction: false }
    const response = await served.ask('/docusignAuthkey', theirs)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'production_not_served' })
  })
  it('is not reached through a secret that was made for demo', async () => {
    served.settings = { ...served.settings, serveProduction: true }
    const { stagedKeyId } = served.desk.keyDesk.stage(pem)
    const demo = await served.desk.saveProfile(profileInput({ name: 'App', stagedKeyId }))
    const { secret: theirs } = await served.server.newSecret(demo.id)
    const { keyId: _, keyIds: __, ...fields } = served.desk.profiles.find(demo.id)
    const staged = served.desk.keyDesk.stage(pkcs1Pem(makeRsa().privateKey))
    await served.desk.saveProfile({ ...fields, environment: 'production', stagedKeyId: staged.stagedKeyId })
    // The server has nothing else to serve here.
    expect(served.server.status()).toMatchObject({ state: 'off' })
    await served.server.newSecret(simulatorProfile().id)
    expect((await served.ask('/docusignAuthkey', theirs)).status).toBe(401)
    expect(requested).toEqual([])
  })
})

describe('when it runs', () => {
  const reachable = () =>
    served.ask('/healthz', null).then(
      () => true,
      () => false,
    )

  it('is off until a profile is switched on, and again once none is', async () => {
    await served.server.setServed(id, false)
    expect(served.server.status()).toMatchObject({ state: 'off' })
    expect(await reachable()).toBe(false)
    const fresh = await tokenServerDesk()
    await fresh.server.open()
    expect(fresh.server.status()).toMatchObject({ state: 'off', port: fresh.settings.serverPort })
    await fresh.stop()
  })
  it('starts with the app where a profile is switched on, with the secret of before', async () => {
    await served.server.close()
    const again = await tokenServerDesk({ profileStore: new MemoryStore(profilesOf()) }, served.store)
    again.settings = { ...again.settings, serverPort: port() }
    await again.server.open()
    expect(again.server.status().state).toBe('running')
    expect((await again.ask('/docusignAuthkey', secret)).status).toBe(200)
    await again.stop()
  })
  it('stops by itself after its idle time; calls that were answered keep it, refused ones do not', async () => {
    await clock.advance(59 * 60_000)
    await (await served.ask('/docusignAuthkey', secret)).arrayBuffer()
    await clock.advance(2 * 60_000)
    expect(served.server.status().state).toBe('running')
    for (let minute = 0; minute < 61; minute += 1) {
      await clock.advance(60_000)
      await served.ask('/docusignAuthkey', 'wrong').then(
        (answer) => answer.arrayBuffer(),
        () => {},
      )
      await served.ask('/healthz', null).then(
        (answer) => answer.arrayBuffer(),
        () => {},
      )
      await settle()
    }
    expect(served.server.status()).toMatchObject({ state: 'stopped', stoppedBecause: 'idle' })
    expect(served.told.at(-1)).toMatchObject({ state: 'stopped' })
    expect(await reachable()).toBe(false)
    expect(await served.server.start(null)).toMatchObject({ state: 'running', stoppedBecause: null })
    expect((await served.ask('/docusignAuthkey', secret)).status).toBe(200)
  })
  it('stops on request, also for who is connected, and does not come back by itself', async () => {
    const socket = connect({ port: port(), host: '127.0.0.1' })
    await new Promise((resolve) => socket.once('connect', resolve))
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => {})
    expect(await served.server.stop()).toMatchObject({ state: 'stopped', stoppedBecause: 'user' })
    await closed
    served.server.refresh()
    await settle()
    expect(served.server.status().state).toBe('stopped')
    expect(await reachable()).toBe(false)
  })
  it.each(['127.0.0.1', '::1'])(
    'a port that is held on %s is said to be, and the next free one is offered, not taken',
    async (host) => {
      await served.server.stop()
      const other: Server = createServer((_request, response) => response.end('another program'))
      await new Promise<void>((resolve) => other.listen(port(), host, resolve))
      const status = await served.server.start(null)
      expect(status).toMatchObject({ state: 'failed', error: { code: 'port_taken' }, port: port() })
      expect(status.freePort).toBeGreaterThan(port())
      expect(served.settings.serverPort).toBe(port())
      // Neither address answers as this server.
      for (const address of ['127.0.0.1', '[::1]']) {
        const text = await fetch(`http://${address}:${port()}/healthz`).then(
          (answer) => answer.text(),
          () => 'nobody',
        )
        expect(['another program', 'nobody']).toContain(text)
      }
      const moved = await served.server.start(status.freePort)
      expect(moved).toMatchObject({ state: 'running', port: status.freePort })
      expect((await served.ask('/docusignAuthkey', secret)).status).toBe(200)
      await new Promise((resolve) => other.close(resolve))
    },
  )
  it('moves when its port is changed', async () => {
    const before = port()
    const next = await freePort()
    served.settings = { ...served.settings, serverPort: next }
    served.server.refresh()
    await expect.poll(() => served.server.status().port).toBe(next)
    expect((await served.ask('/docusignAuthkey', secret)).status).toBe(200)
    expect(
      await fetch(`http://127.0.0.1:${before}/healthz`).then(
        () => true,
        () => false,
      ),
    ).toBe(false)
  })
  it('a disk that refuses leaves the old secret and says so', async () => {
    served.store.full = true
    expect(await codeOf(() => served.server.newSecret(id))).toBe('save_failed')
    expect((await served.ask('/docusignAuthkey', secret)).status).toBe(200)
  })
})

function profileOf() {
  const { keyId: _, keyIds: __, ...fields } = served.desk.profiles.find(id)
  return fields
}
function profilesOf() {
  return {
    schemaVersion: 1,
    profiles: served.desk.profiles.list().map((profile) => ({ ...profile, keyId: null, keyIds: [] })),
  }
}
