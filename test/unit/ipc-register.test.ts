import type { IpcMainInvokeEvent } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { deskError } from '../../src/main/core/desk-error.js'
import { type Handlers, registerCalls } from '../../src/main/ipc/register.js'
import { SCHEMAS } from '../../src/main/ipc/schemas.js'
import { isOwnFrame } from '../../src/main/platform/navigation-guard.js'
import { CALL_NAMES } from '../../src/shared/contract.js'

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>

let channels: Map<string, Listener>
let called: [string, unknown][]
let logged: string[]
let failWith: unknown
const ownFrame = { url: 'app://token-desk/index.html', origin: 'app://token-desk', parent: null }

beforeEach(() => {
  channels = new Map()
  called = []
  logged = []
  failWith = null
  const handlers = Object.fromEntries(
    CALL_NAMES.map((name) => [
      name,
      (input: unknown) => {
        called.push([name, input])
        if (failWith) throw failWith
        return null
      },
    ]),
  ) as unknown as Handlers
  registerCalls({
    ipcMain: { handle: (name, listener) => void channels.set(name, listener as Listener) },
    service: Promise.resolve({ handlers, schemas: SCHEMAS }),
    isOwnPage: isOwnFrame,
    log: (name, code) => logged.push(`${name} ${code}`),
  })
})
const invoke = (name: string, frame: unknown, ...args: unknown[]) =>
  channels.get(name)?.({ senderFrame: frame } as IpcMainInvokeEvent, ...args)

describe('a call from the window', () => {
  it('each of the contract is registered, with a schema, and nothing else', () => {
    expect([...channels.keys()].sort()).toEqual([...CALL_NAMES].sort())
    expect(Object.keys(SCHEMAS).sort()).toEqual([...CALL_NAMES].sort())
  })
  it('is answered in an envelope', async () => {
    expect(await invoke('profiles:select', ownFrame, { profileId: 'p' })).toEqual({ ok: true, value: null })
    expect(called).toEqual([['profiles:select', { profileId: 'p' }]])
  })
  it('an error is data', async () => {
    failWith = deskError('profile_not_found')
    expect(await invoke('profiles:select', ownFrame, { profileId: 'p' })).toMatchObject({
      ok: false,
      error: { code: 'profile_not_found' },
    })
    expect(logged).toEqual(['profiles:select profile_not_found'])
  })
  it('whatever else is thrown becomes "internal", and its text goes nowhere', async () => {
    failWith = new Error('canary eyJhbGciOi')
    const answer = await invoke('profiles:select', ownFrame, { profileId: 'p' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'internal' } })
    expect(JSON.stringify(answer) + logged.join()).not.toContain('canary')
  })
})

describe('a call from anywhere else', () => {
  it.each([
    ['another page', { url: 'https://evil.example/', origin: 'https://evil.example', parent: null }],
    ['a page that looks like ours', { url: 'app://token-desk.evil/', origin: 'app://token-desk.evil', parent: null }],
    ['a page with an opaque origin', { ...ownFrame, origin: 'null' }],
    ['a frame inside', { ...ownFrame, parent: ownFrame }],
    ['a frame that is gone', null],
  ])('%s is refused before its input is looked at', async (_name, frame) => {
    for (const name of CALL_NAMES)
      expect(await invoke(name, frame, {})).toMatchObject({ ok: false, error: { code: 'forbidden' } })
    expect(called).toEqual([])
  })
})

describe('malformed input', () => {
  it.each(CALL_NAMES)('%s refuses what is not in the contract, and logs none of it', async (name) => {
    const inputs = [
      null,
      0,
      'canary',
      [],
      { canary: 1 },
      { profileId: 5 },
      { profileId: '' },
      { profileId: 'p', __proto__: null, extra: 1 },
      { profileId: 'x'.repeat(65) },
    ]
    for (const input of inputs)
      expect(await invoke(name, ownFrame, input)).toMatchObject({ ok: false, error: { code: 'bad_request' } })
    expect(await invoke(name, ownFrame, undefined, 'surplus')).toMatchObject({
      ok: false,
      error: { code: 'bad_request' },
    })
    expect(called).toEqual([])
    expect(logged.join()).not.toContain('canary')
  })
})
