import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDesk, type Desk } from '../../src/main/desk/desk.js'
import type { ConsentStatus } from '../../src/shared/account.js'
import { deskParts } from '../helpers/desk-parts.js'
import { codeOf } from '../helpers/errors.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { freePort } from '../helpers/free-port.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { decideConsent } from '../helpers/system-browser.js'

let desk: Desk
let clock: FakeClock
let profileStore: MemoryStore
let consentStore: MemoryStore
let told: ConsentStatus[]
let opened: string[]
let redirectUri: string
const openPage = async (url: string) => void opened.push(url)

async function startDesk(): Promise<void> {
  desk = createDesk(deskParts({ profileStore, consentStore, clock, consentChanged: (status) => told.push(status) }))
  await desk.simulator.start()
}
beforeEach(async () => {
  clock = new FakeClock()
  profileStore = new MemoryStore()
  consentStore = new MemoryStore()
  told = []
  opened = []
  await startDesk()
  redirectUri = `http://localhost:${await freePort()}/callback`
  await change({ redirectUri })
  desk.simulator.setScenario('consent-required')
})
afterEach(async () => {
  desk.consent.stopAll()
  await desk.simulator.stop()
})

const idOf = () => desk.profiles.list()[0]?.id ?? ''
async function change(fields: object): Promise<void> {
  const { keyId: _, keyIds: __, ...profile } = desk.profiles.find(idOf())
  await desk.saveProfile({ ...profile, ...fields })
}
const open = (admin = false) => desk.consent.open(idOf(), admin, openPage)
const errorCode = () => desk.tokens.status(idOf()).error?.code
const isWaiting = () => desk.consent.status(idOf()).waiting
const isOpen = () =>
  fetch(redirectUri).then(
    () => true,
    () => false,
  )

describe('from the button to the token', () => {
  it.each([false, true])('consent in the browser brings the token by itself (admin: %s)', async (admin) => {
    expect(await codeOf(() => desk.tokens.get(idOf()))).toBe('consent_required')
    expect(await open(admin)).toBe('return')
    expect(isWaiting()).toBe(true)
    const page = await decideConsent(opened[0] ?? '', 'allow')
    expect(await page.text()).toContain('You can close this page')
    await vi.waitFor(() => expect(desk.tokens.status(idOf()).token).not.toBeNull())
    expect([errorCode(), isWaiting(), await isOpen()]).toEqual([undefined, false, false])
    expect(told.map(({ waiting }) => waiting)).toEqual(expect.arrayContaining([true, false]))
  })
  it('a refusal in the browser is an error of its own, and asks for nothing', async () => {
    await codeOf(() => desk.tokens.get(idOf()))
    await open()
    await decideConsent(opened[0] ?? '', 'deny')
    await vi.waitFor(() => expect(errorCode()).toBe('consent_denied'))
    expect([isWaiting(), await isOpen()]).toEqual([false, false])
    await open()
    await decideConsent(opened[1] ?? '', 'allow')
    await vi.waitFor(() => expect(desk.tokens.status(idOf()).token).not.toBeNull())
  })
  it('the code goes nowhere, and no state comes twice', async () => {
    await open()
    await open()
    const states = opened.map((url) => new URL(url).searchParams.get('state'))
    expect(new Set(states).size).toBe(2)
    for (const state of states) expect(Buffer.from(state ?? '', 'base64url')).toHaveLength(32)
    await fetch(`${redirectUri}?code=canary-code&state=${states[1]}`)
    await vi.waitFor(() => expect(errorCode()).toBe('consent_required'))
    expect(JSON.stringify([told, consentStore.document, desk.tokens.status(idOf())])).not.toMatch(/canary|state/)
  })
})

describe('a wait ends', () => {
  beforeEach(async () => {
    await open()
  })
  it('after five minutes', async () => {
    await clock.advance(299_999)
    expect(await isOpen()).toBe(true)
    await clock.advance(1)
    expect([isWaiting(), await isOpen()]).toEqual([false, false])
    expect(told.at(-1)?.waiting).toBe(false)
  })
  it('with the user’s word', async () => {
    desk.consent.stop(idOf())
    expect([isWaiting(), await isOpen()]).toEqual([false, false])
  })
  it('with a token that came another way', async () => {
    desk.simulator.setScenario('normal')
    await desk.tokens.get(idOf(), { fresh: true })
    expect([isWaiting(), await isOpen()]).toEqual([false, false])
  })
  it('with the app', async () => {
    desk.consent.stopAll()
    expect(await isOpen()).toBe(false)
    await open()
    expect(await isOpen()).toBe(false)
  })
  it.each<[string, object]>([
    ['other scopes', { scopes: ['signature', 'impersonation', 'cors'] }],
    ['another user', { userId: '66666666-7777-4888-9999-000000000000' }],
    ['another redirect URI', { redirectUri: 'https://example.com/' }],
  ])('when the profile gets %s', async (_name, fields) => {
    await change(fields)
    expect([isWaiting(), await isOpen()]).toEqual([false, false])
  })
  it('when the profile goes, but not for another name', async () => {
    await change({ name: 'Renamed', autoRenew: true })
    expect([isWaiting(), await isOpen()]).toEqual([true, true])
    desk.removeProfile(idOf())
    expect(await isOpen()).toBe(false)
  })
  it('when the browser cannot be opened', async () => {
    const failing = () => Promise.reject(new Error('no browser'))
    await expect(desk.consent.open(idOf(), false, failing)).rejects.toThrow('no browser')
    expect([isWaiting(), await isOpen()]).toEqual([false, false])
  })
  it('when the page is opened anew: the former one counts no more', async () => {
    await Promise.all([open(), open()])
    expect(
      (await fetch(`${redirectUri}?code=c&state=${new URL(opened[0] ?? '').searchParams.get('state')}`)).status,
    ).toBe(400)
    expect(isWaiting()).toBe(true)
  })
})

describe('where the return cannot be caught', () => {
  it('because another program has the port, the user’s word is waited for', async () => {
    const other = createServer((_request, response) => response.end('mine')).listen(
      Number(new URL(redirectUri).port),
      '127.0.0.1',
    )
    await new Promise((resolve) => other.once('listening', resolve))
    expect(await open()).toBe('word')
    expect(isWaiting()).toBe(false)
    await decideConsent(opened[0] ?? '', 'allow')
    expect((await desk.tokens.get(idOf())).accessToken).toBeTruthy()
    other.close()
    other.closeAllConnections()
  })
  it.each(['https://example.com/callback', ''])('because it leads elsewhere (%j), too', async (uri) => {
    await change({ redirectUri: uri })
    expect(await open()).toBe('word')
    expect(isWaiting()).toBe(false)
  })
})

describe('what is remembered', () => {
  const newScopes = () => desk.consent.status(idOf()).newScopes
  const more = { scopes: ['signature', 'impersonation', 'cors'] }
  beforeEach(() => desk.simulator.setScenario('normal'))

  it('nothing is said before a first token', async () => {
    expect(newScopes()).toEqual([])
  })
  it('a scope beyond what was granted is told before the request, also after a restart', async () => {
    await desk.tokens.get(idOf())
    await change(more)
    expect(newScopes()).toEqual(['cors'])
    await desk.simulator.stop()
    await startDesk()
    expect(newScopes()).toEqual(['cors'])
    await desk.tokens.get(idOf())
    expect(newScopes()).toEqual([])
    await change({ scopes: ['signature', 'impersonation'] })
    expect(newScopes()).toEqual([])
  })
  it('another user, key or environment is another matter', async () => {
    await desk.tokens.get(idOf())
    await change({ ...more, userId: '66666666-7777-4888-9999-000000000000' })
    expect(newScopes()).toEqual([])
    const { id, keyId: _, ...profile } = desk.profiles.find(idOf())
    const demo = await desk.saveProfile({ ...profile, ...more, name: 'Demo', environment: 'demo' })
    expect([id === demo.id, desk.consent.status(demo.id).newScopes]).toEqual([false, []])
  })
  it('revoked consent is forgotten; a refusal for want of a new scope forgets nothing', async () => {
    await desk.tokens.get(idOf())
    await change(more)
    desk.simulator.setScenario('consent-required')
    await codeOf(() => desk.tokens.get(idOf()))
    expect(newScopes()).toEqual(['cors'])
    await change({ scopes: ['signature', 'impersonation'] })
    await codeOf(() => desk.tokens.get(idOf()))
    await change(more)
    expect(newScopes()).toEqual([])
  })
  it('holds ids and scopes only; a full disk or a strange file costs the hint, never the token', async () => {
    await desk.tokens.get(idOf())
    const { integrationKey, userId } = desk.profiles.find(idOf())
    expect(consentStore.document).toEqual({
      schemaVersion: 1,
      granted: [
        { environment: 'simulator', oauthHost: '', integrationKey, userId, scopes: ['impersonation', 'signature'] },
      ],
    })
    for (const granted of ['text', [null, 7, { scopes: 'x' }], [{ environment: 'simulator' }]]) {
      await desk.simulator.stop()
      consentStore = new MemoryStore({ granted })
      consentStore.full = true
      await startDesk()
      expect((await desk.tokens.get(idOf())).accessToken).toBeTruthy()
      expect(newScopes()).toEqual([])
    }
  })
})
