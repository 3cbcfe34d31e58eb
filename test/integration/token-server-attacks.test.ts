import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fetch } from '../../src/main/core/ports.js'
import type { ProfileInput } from '../../src/shared/views.js'
import { codeOf } from '../helpers/errors.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { freePort } from '../helpers/free-port.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { profileInput } from '../helpers/profile-input.js'
import { sendRaw } from '../helpers/raw-http.js'
import { nodeFetch } from '../helpers/simulated.js'
import { type TokenServerDesk, tokenServerDesk } from '../helpers/token-server-desk.js'

/** What a review of the token server found, each as it was done. */

const pem = pkcs1Pem(makeRsa().privateKey)
const TOKEN = 'a'.repeat(700)
let clock: FakeClock
let served: TokenServerDesk
let secret: string
let id: string
let stores: { profileStore: MemoryStore; vaultStore: MemoryStore }
const sockets: Socket[] = []

const port = () => served.settings.serverPort
const host = () => `Host: 127.0.0.1:${port()}`
const outcomes = () =>
  served.desk.activity.list().flatMap(({ kind, outcome }) => (kind === 'token-server' ? [outcome] : []))
const asked = (kind: 'token' | 'user-info') => served.desk.activity.list().filter((entry) => entry.kind === kind).length
const ask = (given = secret) => served.ask('/docusignAuthkey', given)
const raw = (lines: string[], options?: Parameters<typeof sendRaw>[2]) =>
  sendRaw(port(), `${lines.join('\r\n')}\r\n\r\n`, options)
const isClosed = () =>
  served.ask('/healthz', null).then(
    () => false,
    () => true,
  )

function stranger(): Socket {
  const socket = connect({ port: port(), host: '127.0.0.1' }).on('error', () => {})
  sockets.push(socket)
  return socket
}
/** More than there is room for, in waves that a system's backlog takes. */
async function many(each: (socket: Socket) => void): Promise<void> {
  for (let made = 0; made < 700; made += 50) {
    for (let one = 0; one < 50; one += 1) each(stranger())
    await delay(10)
  }
}
/** A call on a connection of its own, which is a stranger’s until it is read. */
async function askAnew(): Promise<number> {
  const lines = ['GET /docusignAuthkey HTTP/1.1', host(), `Authorization: Bearer ${secret}`, 'Connection: close']
  return (await raw(lines, { untilMs: 10_000 })).status
}
/** Twenty calls with the right secret, spread over a while. */
async function answersMeanwhile(): Promise<number[]> {
  const statuses = []
  for (let made = 0; made < 20; made += 1) {
    await delay(100)
    statuses.push(await askAnew())
  }
  return statuses
}
const ALL_ANSWERED = Array<number>(20).fill(200)
async function addProfile(input: Partial<ProfileInput>): Promise<string> {
  const { stagedKeyId } = served.desk.keyDesk.stage(pem)
  return (await served.desk.saveProfile(profileInput({ stagedKeyId, ...input }))).id
}
/** A profile for demo that is served, and its secret. */
async function serveDemo(): Promise<{ demo: string; theirs: string }> {
  const demo = await addProfile({ environment: 'demo' })
  return { demo, theirs: (await served.server.newSecret(demo)).secret }
}
async function change(profileId: string, fields: Partial<ProfileInput>): Promise<void> {
  const { keyId: _, keyIds: __, ...present } = served.desk.profiles.find(profileId)
  await served.desk.saveProfile({ ...present, ...fields })
}
/** A key of its own for the environment that a profile moves to. */
const move = (profileId: string, environment: ProfileInput['environment']) =>
  change(profileId, {
    environment,
    stagedKeyId: served.desk.keyDesk.stage(pkcs1Pem(makeRsa().privateKey)).stagedKeyId,
  })

async function start(fetch: Fetch = nodeFetch): Promise<void> {
  clock = new FakeClock()
  stores = { profileStore: new MemoryStore(), vaultStore: new MemoryStore() }
  served = await tokenServerDesk({ clock, fetch, ...stores })
  id = served.desk.profiles.list()[0]?.id ?? ''
  secret = (await served.server.newSecret(id)).secret
}
/** The app ends and comes again, on the same files. */
async function restart(meanwhile = () => {}): Promise<void> {
  await served.stop()
  meanwhile()
  const { settings, store } = served
  served = await tokenServerDesk({ clock, ...stores }, store)
  served.settings = settings
  await served.server.open()
}
beforeEach(() => start())
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await served.stop()
})

describe('who has no secret keeps nobody out', () => {
  it('by asking on and on without reading the answers', async () => {
    const question = `GET /openapi.json HTTP/1.1\r\n${host()}\r\n\r\n`
    await many((socket) => {
      socket.pause()
      socket.write(question.repeat(50))
      const more = setInterval(() => socket.write(question.repeat(50)), 100)
      socket.once('close', () => clearInterval(more))
    })
    expect(await answersMeanwhile()).toEqual(ALL_ANSWERED)
  })
  it('by asking and reading, again and again, on connections that stay', async () => {
    await many((socket) => {
      const more = setInterval(() => socket.write('GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n'), 200)
      socket.resume().once('close', () => clearInterval(more))
    })
    expect(await answersMeanwhile()).toEqual(ALL_ANSWERED)
  })
  it('by saying nothing, and coming again as soon as he is shown out', async () => {
    let ended = false
    const comeAgain = (socket: Socket) => {
      socket.once('close', () => setTimeout(() => ended || comeAgain(stranger()), 5))
    }
    await many(comeAgain)
    expect(await answersMeanwhile()).toEqual(ALL_ANSWERED)
    ended = true
  })
  it('by one question after the other before the answer is there: he is hung up on', async () => {
    const { body } = await raw([...Array(100).fill(`GET /healthz HTTP/1.1\r\n${host()}\r\n`), ''])
    expect(body.match(/"ok"/g)?.length ?? 0).toBeLessThanOrEqual(1)
    expect(outcomes()).toContain('request_unreadable')
    expect((await ask()).status).toBe(200)
  })
  it('and does not stay after a refusal, nor after an answer', async () => {
    for (const path of ['/healthz', '/docusignAuthkey', '/nothing'])
      expect((await raw([`GET ${path} HTTP/1.1`, host()])).headers).toMatch(/connection: close/i)
    // Who has the secret may: a busy client would have to connect anew each time.
    const own = ['GET /docusignAuthkey HTTP/1.1', host(), `Authorization: Bearer ${secret}`]
    expect((await raw(own, { untilMs: 500 })).headers).toMatch(/connection: keep-alive/i)
  })
  it.each([
    ['of a foreign Host', ['Host: evil.example']],
    ['of a web page', ['Host: 127.0.0.1:PORT', 'Origin: https://evil.example']],
  ])('and no more is read of a request %s than what was sent with it', async (_whose, lines) => {
    const socket = stranger()
    const head = ['POST / HTTP/1.1', ...lines, `Content-Length: ${10 ** 11}`].join('\r\n')
    socket.write(`${head.replace('PORT', String(port()))}\r\n\r\n`)
    let ended = false
    socket.resume().once('close', () => {
      ended = true
    })
    const chunk = Buffer.alloc(64 * 1024)
    let sentBytes = 0
    for (const until = performance.now() + 3000; !ended && performance.now() < until; ) {
      const isRoom = socket.write(chunk)
      sentBytes += chunk.length
      if (!isRoom) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), delay(50)])
    }
    expect(ended).toBe(true)
    // What the system's own buffers take.
    expect(sentBytes).toBeLessThan(64 * 2 ** 20)
  })
})

it('who has the secret does not keep out others who have it, however many come at once', async () => {
  // All are there before the first has said a word.
  const connected: Socket[] = []
  for (let made = 0; made < 250; made += 50) {
    const wave = Array.from({ length: 50 }, stranger)
    await Promise.all(wave.map((socket) => once(socket, 'connect')))
    connected.push(...wave)
  }
  const statuses = connected.map(async (socket) => {
    const text = once(socket, 'data')
    socket.write(`GET /docusignAuthkey HTTP/1.1\r\n${host()}\r\nAuthorization: Bearer ${secret}\r\n\r\n`)
    return String((await text)[0]).slice(9, 12)
  })
  expect((await Promise.all(statuses)).filter((status) => status === '200')).toHaveLength(250)
})

describe('nothing hides behind', () => {
  const padding = Array.from({ length: 62 }, (_, at) => `X-${at}: x`)
  it.each([
    'Origin: https://evil.example',
    'Sec-Fetch-Site: cross-site',
    'Transfer-Encoding: chunked',
    'Host: evil.example',
  ])('so many headers that %s is no longer looked at', async (line) => {
    const own = ['GET /docusignAuthkey HTTP/1.1', host(), `Authorization: Bearer ${secret}`]
    const { status, body } = await raw([...own, ...padding, line])
    expect(status).toBe(413)
    expect(body).toContain('request_too_large')
    expect((await raw([...own, 'Connection: close', ...padding.slice(0, 20)])).status).toBe(200)
  })
})

describe('every call is in the ledger', () => {
  it.each([
    ['a tunnel', ['CONNECT evil.example:443 HTTP/1.1', 'Host: evil.example:443'], 0, 'method_refused'],
    ['no Host', ['GET /docusignAuthkey HTTP/1.1'], 400, 'request_unreadable'],
    ['no Host, as HTTP/1.0 may', ['GET /docusignAuthkey HTTP/1.0'], 400, 'request_unreadable'],
    ['an expectation', ['GET /docusignAuthkey HTTP/1.1', 'HOST', 'Expect: the-unexpected'], 401, 'secret_wrong'],
    ['an expectation to go on', ['GET /docusignAuthkey HTTP/1.1', 'HOST', 'Expect: 100-continue'], 401, 'secret_wrong'],
    [
      'another protocol',
      ['GET /docusignAuthkey HTTP/1.1', 'HOST', 'Connection: Upgrade', 'Upgrade: websocket'],
      401,
      'secret_wrong',
    ],
    [
      'a web page’s socket',
      ['GET / HTTP/1.1', 'HOST', 'Connection: Upgrade', 'Upgrade: websocket', 'Origin: https://evil.example'],
      403,
      'origin_refused',
    ],
    ['what is no HTTP', ['SSH-2.0-x'], 400, 'request_unreadable'],
    ['too long a header', ['GET / HTTP/1.1', 'HOST', `X: ${'x'.repeat(20_000)}`], 431, 'request_too_large'],
    ['an unfinished request', ['GET / HTTP/1.1', 'HOST', 'Content-Length: 5'], 413, 'request_too_large'],
  ])('%s', async (_what, lines, status, outcome) => {
    const answer = await raw(lines.map((line) => (line === 'HOST' ? host() : line)))
    // After a 100 Continue comes the answer itself.
    const last = /HTTP\/1\.1 (\d+)(?!.*HTTP\/1\.1 \d)/s.exec(`${answer.headers}\r\n\r\n${answer.body}`)?.[1]
    expect(Number(last ?? 0)).toBe(status)
    expect(outcomes()).toEqual([outcome])
  })
})

describe('Docusign is not asked again and again', () => {
  it('for a profile that it refuses while the token is in its last minutes', async () => {
    expect((await ask()).status).toBe(200)
    await clock.advance(57 * 60_000)
    served.desk.simulator.setScenario('consent-required')
    const before = asked('token')
    const statuses = []
    for (let made = 0; made < 50; made += 1) {
      const response = await ask()
      await response.arrayBuffer()
      statuses.push(response.status)
    }
    expect(asked('token') - before).toBe(5)
    expect(statuses.filter((status) => status === 429)).toHaveLength(45)
  })
})

describe('what changes while Docusign is asked', () => {
  let release: () => void
  let isAsked: Promise<void>
  /** In Docusign's place: it takes its time with this kind of request. */
  async function startSlow(slow: 'token' | 'userinfo'): Promise<void> {
    await served.stop()
    let tellAsked: () => void = () => {}
    isAsked = new Promise((resolve) => {
      tellAsked = resolve
    })
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    await start(async (url) => {
      if (url.endsWith(`/oauth/${slow}`)) {
        tellAsked()
        await released
      }
      return url.endsWith('/oauth/token')
        ? Response.json({ access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 })
        : new Response('', { status: 500 })
    })
  }
  const afterwards = async (asking: Promise<Response>, changed: () => Promise<unknown>) => {
    await isAsked
    await changed()
    release()
    const response = await asking
    const body = (await response.json()) as { code?: string; token?: string }
    expect(body.token).toBeUndefined()
    return [response.status, body.code]
  }

  it('a secret that was replaced gets no token, though it asked before', async () => {
    await startSlow('token')
    expect(await afterwards(ask(), () => served.server.newSecret(id))).toEqual([401, 'secret_wrong'])
  })
  it('a profile that acts elsewhere now hands out nothing of what it was', async () => {
    await startSlow('userinfo')
    const custom = await addProfile({
      environment: 'custom',
      oauthHost: 'a.example',
      restBasePath: 'https://a.example/r',
    })
    const { secret: theirs } = await served.server.newSecret(custom)
    const moved = () => change(custom, { oauthHost: 'b.example', restBasePath: 'https://b.example/r' })
    expect(await afterwards(ask(theirs), moved)).toEqual([500, 'superseded'])
  })
  it('a demo profile that became one of production hands out nothing, even where production is served', async () => {
    await startSlow('userinfo')
    served.settings = { ...served.settings, serveProduction: true }
    const { demo, theirs } = await serveDemo()
    expect(await afterwards(ask(theirs), () => move(demo, 'production'))).toEqual([500, 'superseded'])
  })
})

describe('a secret', () => {
  it('of a profile that went to production does not come back with it', async () => {
    const { demo, theirs } = await serveDemo()
    await move(demo, 'production')
    await move(demo, 'demo')
    expect((await ask(theirs)).status).toBe(401)
    expect(served.server.status().profiles.find(({ profileId }) => profileId === demo)).toMatchObject({
      served: false,
      hasSecret: false,
    })
    expect(JSON.stringify(served.store.document)).not.toContain(demo)
  })
  it('does not come back where the disk refused to forget it either', async () => {
    const { demo, theirs } = await serveDemo()
    served.store.full = true
    await move(demo, 'production')
    await move(demo, 'demo')
    served.store.full = false
    expect((await ask(theirs)).status).toBe(401)
    await served.server.newSecret(id)
    expect(JSON.stringify(served.store.document)).not.toContain(demo)
  })
  it('does not come back with a restart of the app before the disk forgot it', async () => {
    const { demo, theirs } = await serveDemo()
    served.store.full = true
    await move(demo, 'production')
    await restart(() => {
      served.store.full = false
    })
    await move(demo, 'demo')
    await served.server.start(null)
    expect((await ask(theirs)).status).toBe(401)
    expect((await ask()).status).toBe(200)
    expect(JSON.stringify(served.store.document)).not.toContain(demo)
  })
  it('that the disk refused to forget is forgotten as soon as it does not, whatever the profile is by then', async () => {
    const { demo, theirs } = await serveDemo()
    served.store.full = true
    await move(demo, 'production')
    served.store.full = false
    await move(demo, 'demo')
    await restart()
    expect((await ask()).status).toBe(200)
    expect((await ask(theirs)).status).toBe(401)
  })
  it('that is switched off opens nothing, also where the disk refuses to remember it, and after a restart', async () => {
    const other = await addProfile({ environment: 'simulator', name: 'Other' })
    await served.server.newSecret(other)
    served.store.full = true
    expect(await codeOf(() => served.server.setServed(id, false))).toBe('save_failed')
    expect((await ask()).status).toBe(401)
    expect(served.told.at(-1)?.profiles.find(({ profileId }) => profileId === id)?.served).toBe(false)
    served.store.full = false
    await restart()
    expect((await ask()).status).toBe(401)
  })
})

describe('the server stops', () => {
  it('after its idle time, also where the computer slept through it', async () => {
    expect((await ask()).status).toBe(200)
    for (let hour = 0; hour < 2; hour += 1) clock.suspend(31 * 60_000)
    // Before anybody looked: the call itself finds it closed.
    await expect(ask()).rejects.toThrow()
    expect(outcomes()).toEqual(['ok'])
    expect(served.server.status()).toMatchObject({ state: 'stopped', stoppedBecause: 'idle' })
    expect(await isClosed()).toBe(true)
  })
  it('when it is told to, whatever becomes of who hears of it', async () => {
    await served.stop()
    served = await tokenServerDesk({ clock }, new MemoryStore(), () => {
      throw new Error('the window is gone')
    })
    id = served.desk.profiles.list()[0]?.id ?? ''
    secret = (await served.server.newSecret(id)).secret
    expect((await ask()).status).toBe(200)
    expect(await served.server.stop()).toMatchObject({ state: 'stopped' })
    expect(await isClosed()).toBe(true)
    await served.server.start(null)
    expect((await ask()).status).toBe(200)
    await served.server.setServed(id, false)
    expect(await isClosed()).toBe(true)
  })
  it('while it is starting', async () => {
    await served.server.stop()
    const [, status] = await Promise.all([served.server.start(null), served.server.stop()])
    expect(status.state).toBe('stopped')
    expect(await isClosed()).toBe(true)
  })
})

it('a port that is changed in the settings after the present one was taken is tried at once', async () => {
  await served.server.stop()
  const other = await tokenServerDesk()
  other.settings = { ...other.settings, serverPort: port() }
  const theirId = other.desk.profiles.list()[0]?.id ?? ''
  await other.server.newSecret(theirId)
  expect(await served.server.start(null)).toMatchObject({ state: 'failed', error: { code: 'port_taken' } })
  served.settings = { ...served.settings, serverPort: await freePort() }
  served.server.refresh()
  await expect.poll(() => served.server.status().state).toBe('running')
  expect((await ask()).status).toBe(200)
  await other.stop()
})
