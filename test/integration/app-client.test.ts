import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createPlain } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { findApp } from '../../src/cli/app-client.js'
import { Failure } from '../../src/cli/failure.js'
import { answerProof, nonceOf, PROOF_HEADER } from '../../src/main/core/call-proof.js'
import { writePointer } from '../../src/shared/command-line.js'
import { commandLineDesk } from '../helpers/command-line-desk.js'

/** Whom the command line believes. */

const SECRET = 's'.repeat(43)
const closing: { close(): unknown }[] = []
afterEach(() => {
  for (const server of closing.splice(0)) server.close()
})

/** Listens where a pointer of an app that has crashed leads to. */
async function atTheAddress(server: { listen(path: string, done: () => void): unknown; close(): unknown }) {
  const folder = mkdtempSync(join(tmpdir(), 'token-desk-pointer-'))
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replace(/\W/g, '')}` : join(folder, 'socket')
  await new Promise<void>((resolve) => server.listen(address, resolve))
  closing.push(server)
  writeFileSync(join(folder, 'command-line.json'), writePointer({ address, secret: SECRET, pid: 1 }))
  return folder
}
function impostor(heard: string[], headersFor: (nonce: string, text: string) => Record<string, string>): Server {
  const text = JSON.stringify([{ id: 'x', name: 'Simulator', environment: 'simulator', selected: true, hasKey: true }])
  return createServer((request, response) => {
    heard.push(JSON.stringify([request.url, request.headers]))
    const nonce = nonceOf(request.headers.authorization ?? '')
    response.writeHead(200, headersFor(nonce, text)).end(text)
  })
}

describe('an address that is somebody else’s by now', () => {
  it.each([
    ['no proof', () => ({})],
    ['a proof with another secret', (nonce, text) => ({ [PROOF_HEADER]: answerProof('other', nonce, 200, text) })],
    ['a proof of another call', (_nonce, text) => ({ [PROOF_HEADER]: answerProof(SECRET, 'old', 200, text) })],
    ['a proof of another answer', (nonce) => ({ [PROOF_HEADER]: answerProof(SECRET, nonce, 200, '[]') })],
  ] satisfies [string, (nonce: string, text: string) => Record<string, string>][])(
    'with %s is not believed, and hears no secret',
    async (_which, headersFor) => {
      const heard: string[] = []
      const folder = await atTheAddress(impostor(heard, headersFor))
      expect(await findApp([folder])).toEqual({ app: null, isSilent: false })
      expect(heard).toHaveLength(1)
      expect(heard.join()).not.toContain(SECRET)
    },
  )
  it.each<[string, boolean, () => { listen(path: string, done: () => void): unknown; close(): unknown }]>([
    ['speaks something else', false, () => createPlain((socket) => socket.on('error', () => {}).end('SSH-2.0-x\r\n'))],
    ['hangs up', false, () => createPlain((socket) => socket.on('error', () => {}).destroy())],
    ['ends without a word', false, () => createPlain((socket) => socket.on('error', () => {}).end())],
    [
      'breaks off',
      false,
      () =>
        createPlain((socket) =>
          socket.on('error', () => {}).once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n[')),
        ),
    ],
    [
      'changes the protocol',
      false,
      () =>
        createPlain((socket) =>
          socket
            .on('error', () => {})
            .once('data', () =>
              socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
            ),
        ),
    ],
    ['says nothing', true, () => createPlain((socket) => socket.on('error', () => {}).resume())],
    [
      'answers a byte now and then',
      true,
      () =>
        createServer((_request, response) => {
          response.flushHeaders()
          const more = setInterval(() => response.write(' '), 300)
          response.once('close', () => clearInterval(more))
        }),
    ],
    [
      'answers without end',
      false,
      () =>
        createServer((_request, response) => {
          const more = setInterval(() => response.write('x'.repeat(200_000)), 1)
          response.once('close', () => clearInterval(more))
        }),
    ],
  ])('where somebody %s is passed over, within seconds', async (_does, isSilent, somebody) => {
    const began = performance.now()
    expect(await findApp([await atTheAddress(somebody())])).toEqual({ app: null, isSilent })
    expect(performance.now() - began).toBeLessThan(10_000)
  })
  it('is passed over for the app that does run', async () => {
    const stale = await atTheAddress(impostor([], () => ({})))
    const app = await commandLineDesk()
    closing.push({ close: () => void app.stop() })
    const { app: found } = await findApp([stale, app.folder])
    expect(found?.profiles.map(({ name }) => name)).toEqual(['Simulator'])
    const [profile] = found?.profiles ?? []
    if (!found || !profile) throw new Error('not found')
    expect((await found.token(profile, 'raw', false)).environment).toBe('simulator')
    // What the app refuses is believed: it is proved as well.
    await expect(found.token({ ...profile, id: 'x' }, 'raw', false)).rejects.toBeInstanceOf(Failure)
  })
})
