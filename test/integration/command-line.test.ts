import { randomBytes, randomUUID } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeSocketAddress, removeSocketAddress } from '../../src/main/command-line/socket-address.js'
import { callAuthorization } from '../../src/main/core/call-proof.js'
import { type Pointer, readPointer, writePointer } from '../../src/shared/command-line.js'
import { type CommandLineDesk, commandLineDesk, PRODUCTION_TOKEN } from '../helpers/command-line-desk.js'

const running: CommandLineDesk[] = []
async function served(...args: Parameters<typeof commandLineDesk>): Promise<CommandLineDesk> {
  const desk = await commandLineDesk(...args)
  running.push(desk)
  return desk
}
afterEach(async () => {
  for (const desk of running.splice(0)) await desk.stop()
})

const fileIn = (folder: string) => join(folder, 'command-line.json')
function pointerOf({ folder }: CommandLineDesk): Pointer {
  const pointer = readPointer(readFileSync(fileIn(folder), 'utf8'))
  if (!pointer) throw new Error('no pointer')
  return pointer
}

/** As the command proves that it holds the secret. */
const proved = ({ secret }: Pointer, method: string, path: string) =>
  callAuthorization(secret, randomBytes(16).toString('base64url'), method, path)

interface Asked {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Record<string, unknown> & { error?: { code: string; message: string } }
}
function ask(
  pointer: Pointer,
  path: string,
  {
    method = 'GET',
    headers = {},
    body = '',
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        socketPath: pointer.address,
        path,
        method,
        agent: false,
        headers: { Authorization: proved(pointer, method, path), ...headers },
      },
      (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: JSON.parse(text) }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
const idOf = ({ desk }: CommandLineDesk) => desk.profiles.selectedId() ?? ''
const tokenPath = (id: string, format = 'raw', environment = 'simulator') =>
  `/token?${new URLSearchParams({ profile: id, environment, format, fresh: 'false' })}`

describe.skipIf(process.platform === 'win32')('the app’s socket', () => {
  it('is the user’s alone, and so is what points to it', async () => {
    const app = await served()
    const { address, secret, pid } = pointerOf(app)
    expect(statSync(fileIn(app.folder)).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(address)).mode & 0o777).toBe(0o700)
    expect(statSync(address).mode & 0o777).toBe(0o600)
    expect(lstatSync(address).isSocket()).toBe(true)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32)
    expect(pid).toBe(process.pid)
  })
  it('is gone with the app, and its secret is another one each time', async () => {
    const app = await served()
    const before = pointerOf(app)
    await app.stop()
    expect([existsSync(fileIn(app.folder)), existsSync(dirname(before.address))]).toEqual([false, false])
    const next = await served(app.folder)
    expect(pointerOf(next).secret).not.toBe(before.secret)
    expect(pointerOf(next).address).not.toBe(before.address)
  })
  it('that an app which crashed has left is tidied up, and nothing else with it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'token-desk-served-'))
    const left = makeSocketAddress({}, process.platform)
    // A socket that its process did not remove.
    const crashed = createServer().listen(left)
    await new Promise((resolve) => crashed.once('listening', resolve))
    writeFileSync(fileIn(folder), writePointer({ address: left, secret: 'old', pid: 1 }))
    await served(folder)
    expect(existsSync(dirname(left))).toBe(false)
    crashed.close()
  })
  it('is not taken away by an app that lost the data folder to another', async () => {
    const app = await served()
    const { address } = pointerOf(app)
    const pointer = writePointer({ ...pointerOf(app), address: '/another/socket' })
    writeFileSync(fileIn(app.folder), pointer)
    await app.stop()
    expect(readFileSync(fileIn(app.folder), 'utf8')).toBe(pointer)
    expect(existsSync(dirname(address))).toBe(false)
  })
  it('that cannot be had does not stop the app: it is logged, by code alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'token-desk-served-'))
    // Where the pointer should be written there is a folder.
    mkdirSync(join(fileIn(folder), 'in the way'), { recursive: true })
    const app = await served(folder)
    expect(app.logged).toEqual([expect.stringMatching(/^command-line [A-Z]+$/)])
  })
})

describe('the address', () => {
  it.skipIf(process.platform === 'win32')('lies where the system wants it, if that is ours and short enough', () => {
    const own = mkdtempSync(join(tmpdir(), 'run-'))
    const made = [own, '/nonexistent', 'relative', `/tmp/${'x'.repeat(100)}`].map((XDG_RUNTIME_DIR) =>
      makeSocketAddress({ XDG_RUNTIME_DIR }, 'linux'),
    )
    expect(made.map((address) => address.startsWith(own))).toEqual([true, false, false, false])
    for (const address of made) {
      expect(Buffer.byteLength(address)).toBeLessThanOrEqual(103)
      removeSocketAddress(address)
      expect(existsSync(dirname(address))).toBe(false)
    }
  })
  it.skipIf(process.platform === 'win32')('does not lie where another user could put his own in its place', () => {
    const open = mkdtempSync(join(tmpdir(), 'run-'))
    chmodSync(open, 0o777)
    const foreign = mkdtempSync(join(tmpdir(), 'run-'))
    // Root alone can give a folder away.
    if (process.getuid?.() === 0) chownSync(foreign, 65_534, 65_534)
    for (const parent of process.getuid?.() === 0 ? [open, foreign] : [open]) {
      const made = makeSocketAddress({ XDG_RUNTIME_DIR: parent }, 'linux')
      expect(made.startsWith(parent)).toBe(false)
      removeSocketAddress(made)
    }
    chmodSync(open, 0o1777)
    const sticky = makeSocketAddress({ XDG_RUNTIME_DIR: open }, 'linux')
    expect(sticky.startsWith(open)).toBe(true)
    removeSocketAddress(sticky)
  })
  it('on Windows is a pipe of its own each time', () => {
    const [one, other] = [makeSocketAddress({}, 'win32'), makeSocketAddress({}, 'win32')]
    expect(one).toMatch(/^\\\\\.\\pipe\\token-desk-[0-9a-f]{32}$/)
    expect(other).not.toBe(one)
  })
  it('is removed only where it is one of ours', () => {
    const folder = mkdtempSync(join(tmpdir(), 'other-'))
    writeFileSync(join(folder, 'socket'), 'kept')
    const ours = mkdtempSync(join(tmpdir(), 'token-desk-cli-'))
    writeFileSync(join(ours, 'socket'), 'no socket')
    for (const address of [join(folder, 'socket'), join(ours, 'socket'), join(ours, 'other'), 'socket', '', '/']) {
      removeSocketAddress(address)
    }
    expect([readdirSync(folder), readdirSync(ours)]).toEqual([['socket'], ['socket']])
    rmSync(ours, { recursive: true })
  })
})

describe('a call', () => {
  let shared: CommandLineDesk
  beforeAll(async () => {
    shared = await commandLineDesk()
  })
  afterAll(() => shared.stop())
  it('lists the profiles, without keys or ids of users', async () => {
    const app = shared
    const { status, headers, body } = await ask(pointerOf(app), '/profiles')
    expect([status, headers['cache-control'], headers['content-type']]).toEqual([
      200,
      'no-store',
      'application/json; charset=utf-8',
    ])
    expect(body).toEqual([{ id: idOf(app), name: 'Simulator', environment: 'simulator', selected: true, hasKey: true }])
  })
  it('gets a token, and the same in the format that it asks for, with the account', async () => {
    const app = shared
    const raw = await ask(pointerOf(app), tokenPath(idOf(app)))
    expect(raw.status).toBe(200)
    expect(raw.body).toMatchObject({ environment: 'simulator', profile: 'Simulator', text: raw.body.token })
    expect(raw.body.accountId).toMatch(/^[0-9a-f-]{36}$/)
    expect(Date.parse(String(raw.body.expiresAt))).toBeGreaterThan(Date.now())
    const header = await ask(pointerOf(app), tokenPath(idOf(app), 'header'))
    expect(header.body.text).toBe(`Authorization: Bearer ${raw.body.token}`)
  })
  it.each([
    ['without the secret', '/profiles', { headers: { Authorization: '' } }, 401, 'secret_wrong'],
    ['with a wrong one', '/profiles', { headers: { Authorization: 'Bearer x' } }, 401, 'secret_wrong'],
    ['with another scheme', '/profiles', { headers: { Authorization: 'Basic x' } }, 401, 'secret_wrong'],
    ['with a proof of nothing', '/profiles', { headers: { Authorization: 'TokenDesk ' } }, 401, 'secret_wrong'],
    ['of a web page', '/profiles', { headers: { Origin: 'https://evil.example' } }, 403, 'origin_refused'],
    ['with a body', '/quit', { method: 'POST', body: 'x' }, 413, 'request_too_large'],
    ['for something else', '/../etc/passwd', {}, 404, 'route_unknown'],
    ['for nothing', '//', {}, 404, 'route_unknown'],
    ['by POST', '/profiles', { method: 'POST' }, 405, 'method_refused'],
    ['to quit by GET', '/quit', {}, 405, 'method_refused'],
    ['for a format that there is not', tokenPath('x', 'exe'), {}, 400, 'bad_request'],
    ['for a format of every object', tokenPath('x', 'constructor'), {}, 400, 'bad_request'],
    ['without a format', '/token?profile=x', {}, 400, 'bad_request'],
    ['for two profiles', '/token?format=raw&environment=demo&fresh=false&profile=x&profile=y', {}, 400, 'bad_request'],
    ['for what every map has', '/constructor', {}, 404, 'route_unknown'],
    ['for a profile that there is not', tokenPath(randomUUID()), {}, 404, 'profile_not_found'],
  ])('%s is refused', async (_which, path, options, status, code) => {
    const app = shared
    const answer = await ask(pointerOf(app), path, options)
    expect([answer.status, answer.body.error?.code]).toEqual([status, code])
    expect(JSON.stringify(answer.body)).not.toContain(pointerOf(app).secret)
    expect(app.state.quits).toBe(0)
  })
  it('that is no HTTP, too long or never ends does not stop others', async () => {
    const app = shared
    const { address } = pointerOf(app)
    const rubbish = [
      '\0\0\0\n\n',
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
      'GET /profiles HTTP/1.1\r\nHost: x\r\n',
    ]
    const sockets = rubbish.map(() => connect(address).on('error', () => {}))
    for (const [at, socket] of sockets.entries()) socket.write(rubbish[at] ?? '')
    expect((await ask(pointerOf(app), '/profiles')).status).toBe(200)
    for (const socket of sockets) socket.destroy()
  })
  it('for a production token is refused until that is switched on, and never reaches Docusign before', async () => {
    const app = await served()
    const id = await app.add({ name: 'Live', environment: 'production' })
    const live = tokenPath(id, 'raw', 'production')
    const { status, body } = await ask(pointerOf(app), live)
    expect([status, body.error?.code]).toEqual([403, 'production_not_served'])
    expect(app.desk.activity.list().some(({ kind }) => kind === 'token')).toBe(false)
    app.state.serveProduction = true
    expect((await ask(pointerOf(app), live)).body.token).toBe(PRODUCTION_TOKEN)
  })
  it('for a profile without a key says so', async () => {
    const app = await served()
    const { id } = await app.desk.saveProfile({
      ...app.desk.view(app.desk.profiles.find(idOf(app))),
      id: undefined,
      name: 'Bare',
      environment: 'demo',
    })
    const { status, body } = await ask(pointerOf(app), tokenPath(id, 'raw', 'demo'))
    expect([status, body.error?.code]).toEqual([502, 'key_missing'])
  })
  it('for a profile that has moved to production since it was chosen gets nothing', async () => {
    const app = await served()
    app.state.serveProduction = true
    const id = await app.add({ name: 'Live', environment: 'production' })
    const { status, body } = await ask(pointerOf(app), tokenPath(id, 'raw', 'demo'))
    expect([status, body.error?.code, body.token]).toEqual([502, 'superseded', undefined])
  })
  it('with the proof of another call is refused', async () => {
    const app = shared
    const pointer = pointerOf(app)
    for (const Authorization of [proved(pointer, 'POST', '/profiles'), proved(pointer, 'GET', '/quit')]) {
      expect((await ask(pointer, '/profiles', { headers: { Authorization } })).status).toBe(401)
    }
    const { secret } = pointer
    expect((await ask(pointer, '/profiles', { headers: { Authorization: `Bearer ${secret}` } })).status).toBe(401)
  })
  it('of strangers, however many stay, keeps nobody out', async () => {
    const app = await served()
    const { address } = pointerOf(app)
    const strangers = Array.from({ length: 100 }, () => connect(address).on('error', () => {}))
    await delay(100)
    for (let made = 0; made < 5; made += 1) expect((await ask(pointerOf(app), '/profiles')).status).toBe(200)
    for (const socket of strangers) socket.destroy()
  })
  it('is written down, granted or refused, whatever it asks for', async () => {
    const app = await served()
    const simulator = idOf(app)
    const live = await app.add({ name: 'Live', environment: 'production' })
    await ask(pointerOf(app), '/profiles')
    await ask(pointerOf(app), tokenPath(simulator))
    await ask(pointerOf(app), tokenPath(live, 'raw', 'production'))
    await ask(pointerOf(app), tokenPath('x'))
    await ask(pointerOf(app), '/profiles', { headers: { Authorization: 'Bearer x' } })
    await ask(pointerOf(app), '/quit', { method: 'POST', body: 'x' })
    await ask(pointerOf(app), '/quit', { method: 'POST' })
    const expecting = { headers: { Expect: 'x', Authorization: 'none' } }
    expect((await ask(pointerOf(app), '/nothing', expecting)).body.error?.code).toBe('secret_wrong')
    const tunnel = connect(pointerOf(app).address)
      .on('error', () => {})
      .resume()
    tunnel.write('CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n')
    await new Promise((resolve) => tunnel.once('close', resolve))
    const rubbish = connect(pointerOf(app).address)
      .on('error', () => {})
      .resume()
    rubbish.end('SSH-2.0-x\r\n\r\n')
    await new Promise((resolve) => rubbish.once('close', resolve))
    const entries = app.desk.activity.list().filter(({ kind }) => kind === 'command-line')
    expect(entries.map(({ profile, environment, outcome }) => [profile, environment, outcome])).toEqual([
      ['', null, 'request_unreadable'],
      ['', null, 'method_refused'],
      ['', null, 'request_too_large'],
      ['', null, 'secret_wrong'],
      ['', null, 'profile_not_found'],
      ['Live', 'production', 'production_not_served'],
      ['Simulator', 'simulator', 'ok'],
      // The list, and the end.
      ['', null, 'ok'],
    ])
  })
  it('ends an app that never had a window, and no other', async () => {
    const app = await served()
    app.state.windowless = false
    expect((await ask(pointerOf(app), '/quit', { method: 'POST' })).body.error?.code).toBe('forbidden')
    app.state.windowless = true
    expect((await ask(pointerOf(app), '/quit', { method: 'POST' })).status).toBe(200)
    await vi.waitFor(() => expect(app.state.quits).toBe(1))
  })
})
