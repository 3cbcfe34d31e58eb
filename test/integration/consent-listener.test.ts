import { randomBytes } from 'node:crypto'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type ConsentListener,
  type ConsentReturn,
  isCatchable,
  listenForConsent,
} from '../../src/main/core/consent-listener.js'
import { freePort } from '../helpers/free-port.js'

describe('which returns can be caught', () => {
  it.each([
    ['http://localhost:8080/', true],
    ['http://localhost:8080', true],
    ['http://127.0.0.1:3000/callback', true],
    ['http://[::1]:3000/callback', true],
    ['http://localhost/callback', false],
    ['https://localhost:8080/', false],
    ['http://example.com:8080/', false],
    ['http://localhost.example.com:8080/', false],
    ['http://127.0.0.1.example.com:8080/', false],
    ['http://0.0.0.0:8080/', false],
    ['', false],
  ])('%s: %s', (uri, expected) => {
    expect(isCatchable(uri)).toBe(expected)
  })
})

describe('waiting at the redirect URI', () => {
  const state = randomBytes(32).toString('base64url')
  let port: number
  let listener: ConsentListener
  let found: ConsentReturn | null
  beforeEach(async () => {
    port = await freePort()
    found = null
    listener = await listenForConsent(`http://localhost:${port}/ds/callback`, state)
    void listener.returned.then((answer) => {
      found = answer
    })
  })
  afterEach(() => listener.close())

  const at = (query: string, path = '/ds/callback') => `http://localhost:${port}${path}?${query}`
  const good = `code=canary-code&state=${state}`

  it('a return with the state and a code is consent, and the page says so', async () => {
    const response = await fetch(at(good))
    expect(response.status).toBe(200)
    const page = await response.text()
    expect(page).toContain('You can close this page')
    expect(page).not.toMatch(/canary|state|script/)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    })
    expect(await listener.returned).toBe('granted')
  })
  it('access_denied is told apart from any other error', async () => {
    await fetch(at(`error=access_denied&state=${state}`))
    expect(await listener.returned).toBe('denied')
  })
  it('another error, even beside a code, is no consent', async () => {
    await fetch(at(`error=server_error&error_description=x&code=c&state=${state}`))
    expect(await listener.returned).toBe('failed')
  })
  it('localhost is both families, where this computer has both', async () => {
    const hasIpv6 = await canListen('::1')
    const addresses = hasIpv6 ? ['127.0.0.1', '::1'] : ['127.0.0.1']
    for (const address of addresses) {
      const [status] = await raw(`GET / HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`, address)
      expect(status).toBe('404')
    }
  })

  it.each<[string, () => string]>([
    ['no state', () => 'code=c'],
    ['an empty state', () => 'code=c&state='],
    ['another state', () => `code=c&state=${randomBytes(32).toString('base64url')}`],
    ['a part of the state', () => `code=c&state=${state.slice(0, -1)}`],
    ['the state twice', () => `code=c&state=${state}&state=${state}`],
    ['a wrong and the right state', () => `code=c&state=x&state=${state}`],
    ['the state in another case', () => `code=c&state=${state.toUpperCase()}x`],
    ['neither code nor error', () => `state=${state}`],
  ])('%s changes nothing', async (_name, query) => {
    expect((await fetch(at(query()))).status).toBe(400)
    await stillWaits()
  })
  it.each(['/', '/favicon.ico', '/ds/callback/', '/DS/callback', '/ds/../ds/callback2', '//ds/callback'])(
    'the path %s changes nothing',
    async (path) => {
      const [status] = await raw(`GET ${path}?${good} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`)
      expect(status).toBe('404')
      await stillWaits()
    },
  )
  it.each(['POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('%s changes nothing', async (method) => {
    expect((await fetch(at(good), { method })).status).toBe(405)
    await stillWaits()
  })
  it.each(['evil.example', 'localhost', '127.0.0.1:1', 'localhost:1', 'localhost.evil.example', ''])(
    'the Host %j changes nothing',
    async (host) => {
      const [status] = await raw(`GET /ds/callback?${good} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
      expect(['400', '421']).toContain(status)
      await stillWaits()
    },
  )
  it.each([
    ['an absolute target', () => `GET http://evil.example/ds/callback?${good} HTTP/1.1`],
    ['a target that is no URL', () => 'GET http://[ HTTP/1.1'],
    ['a star', () => 'OPTIONS * HTTP/1.1'],
    ['no HTTP at all', () => '\u0016\u0003\u0001'],
  ])('%s changes nothing', async (_name, line) => {
    const [status] = await raw(`${line()}\r\nHost: localhost:${port}\r\n\r\n`)
    expect(['400', '404', '405']).toContain(status)
    await stillWaits()
  })
  it('a huge header is refused', async () => {
    const [status] = await raw(
      `GET /ds/callback?${good} HTTP/1.1\r\nHost: localhost:${port}\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    )
    expect(status).toBe('431')
    await stillWaits()
  })
  it('a slow client is cut off, and a crowd of them does not last', async () => {
    const sockets = await Promise.all(Array.from({ length: 40 }, slowClient))
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once('close', resolve))))
    await stillWaits()
  }, 20_000)
  it('a second use finds the answer given or the port closed', async () => {
    const [first, second] = await Promise.allSettled([fetch(at(good)), fetch(at(`error=access_denied&state=${state}`))])
    const statuses = [first, second].map((each) => (each.status === 'fulfilled' ? each.value.status : 'closed'))
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    const answer = await listener.returned
    listener.close()
    expect(['granted', 'denied']).toContain(answer)
    await expect(fetch(at(good))).rejects.toThrow()
  })
  it('closing frees the port at once, whoever is connected', async () => {
    const socket = await slowClient()
    const gone = new Promise((resolve) => socket.once('close', resolve))
    listener.close()
    await gone
    const again = await listenForConsent(`http://localhost:${port}/ds/callback`, state)
    again.close()
    expect(found).toBeNull()
  })
  it('a port that is taken is an error, and leaves nothing open', async () => {
    await expect(listenForConsent(`http://localhost:${port}/`, state)).rejects.toMatchObject({ code: 'EADDRINUSE' })
    // Taken on the second family only: the first must not stay behind.
    const other = await freePort()
    const squatter = createServer()
    if (await canListen('::1', squatter, other)) {
      await expect(listenForConsent(`http://localhost:${other}/`, state)).rejects.toMatchObject({ code: 'EADDRINUSE' })
      await expect(fetch(`http://127.0.0.1:${other}/`)).rejects.toThrow()
    }
    squatter.close()
  })

  async function stillWaits(): Promise<void> {
    expect(found).toBeNull()
    expect((await fetch(at(good))).status).toBe(200)
    expect(await listener.returned).toBe('granted')
  }
  /** `false` where this computer has no such address. */
  async function canListen(address: string, server = createServer(), at = 0): Promise<boolean> {
    const able = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(at, address, () => resolve(true))
    })
    if (at === 0) server.close()
    return able
  }
  /** Status and body of an answer to exactly these bytes. */
  function raw(bytes: string, address = '127.0.0.1'): Promise<[string | undefined, string]> {
    return new Promise((resolve, reject) => {
      let text = ''
      const socket = connect(port, address, () => socket.write(bytes))
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('close', () => resolve([/^HTTP\/1\.1 (\d+)/.exec(text)?.[1], text]))
      socket.on('error', reject)
    })
  }
  /** Connects, begins a request and never ends it. */
  function slowClient(): Promise<Socket> {
    return new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('GET /ds/callback HTTP/1.1\r\nX: ')
        resolve(socket)
      })
      socket.on('error', () => {})
      socket.resume()
    })
  }
})
