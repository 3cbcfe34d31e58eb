import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDesk, type Desk } from '../../src/main/desk/desk.js'
import { deskParts } from '../helpers/desk-parts.js'
import { codeOf } from '../helpers/errors.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { profileInput } from '../helpers/profile-input.js'
import { nodeFetch } from '../helpers/simulated.js'

const ACCOUNT = (digit: number) => `5a1d0000-0000-4000-8000-00000000000${digit}`
const OTHER_USER = '66666666-7777-4888-9999-000000000000'
let desk: Desk
let clock: FakeClock
let profileStore: MemoryStore
let accountStore: MemoryStore
/** Addresses that user info was asked at. */
let asked: string[]

async function startDesk(): Promise<void> {
  desk = createDesk(
    deskParts({
      profileStore,
      accountStore,
      clock,
      fetch: (url, init) => {
        if (url.endsWith('/userinfo')) asked.push(url)
        return nodeFetch(url, init)
      },
    }),
  )
  await desk.simulator.start()
}
beforeEach(async () => {
  clock = new FakeClock()
  profileStore = new MemoryStore()
  accountStore = new MemoryStore()
  asked = []
  await startDesk()
})
afterEach(() => desk.simulator.stop())

const idOf = () => desk.profiles.list()[0]?.id ?? ''
async function change(fields: object): Promise<void> {
  const { keyId: _, keyIds: __, ...profile } = desk.profiles.find(idOf())
  await desk.saveProfile({ ...profile, ...fields })
}
async function several(): Promise<void> {
  desk.simulator.setScenario('several-accounts')
  await desk.tokens.get(idOf())
  await desk.accounts.get(idOf())
}

describe('who am I', () => {
  it('nobody, before a token', async () => {
    expect(await desk.accounts.get(idOf(), { refresh: true })).toBeNull()
    expect(desk.accounts.accountOf(idOf())).toBeNull()
    expect(asked).toEqual([])
  })
  it('asked once for all who ask, at the host that the token came from, and again on request alone', async () => {
    await desk.tokens.get(idOf())
    const [one, two] = await Promise.all([desk.accounts.get(idOf()), desk.accounts.get(idOf())])
    expect(one).toEqual(two)
    expect(one).toMatchObject({ name: 'Sim Developer', email: 'sim.developer@example.com', chosenId: ACCOUNT(1) })
    await desk.tokens.get(idOf(), { fresh: true })
    await desk.accounts.get(idOf())
    expect(asked).toEqual([`http://${desk.simulator.host()}/oauth/userinfo`])
    await desk.accounts.get(idOf(), { refresh: true })
    expect(asked).toHaveLength(2)
  })
  it('stays known while the token is over', async () => {
    await several()
    await clock.advance(3_600_000)
    expect(desk.tokens.status(idOf()).token).toBeNull()
    expect((await desk.accounts.get(idOf(), { refresh: true }))?.accounts).toHaveLength(3)
    expect(asked).toHaveLength(1)
  })
  it('a failure is told again without asking, until there is another token or the user asks', async () => {
    desk.simulator.setScenario('token-refused')
    await desk.tokens.get(idOf())
    const ask = (refresh = false) => codeOf(() => desk.accounts.get(idOf(), { refresh }))
    expect([await ask(), await ask()]).toEqual(['token_refused', 'token_refused'])
    expect(asked).toHaveLength(1)
    expect(await ask(true)).toBe('token_refused')
    expect(asked).toHaveLength(2)
    desk.simulator.setScenario('normal')
    await clock.advance(1000)
    await desk.tokens.get(idOf(), { fresh: true })
    expect(await desk.accounts.get(idOf())).not.toBeNull()
  })
  it('another user, or none, is not taken for the former one, even by an answer on its way', async () => {
    await several()
    const late = desk.accounts.get(idOf(), { refresh: true })
    await change({ userId: OTHER_USER })
    expect(await late).toBeNull()
    expect(desk.accounts.accountOf(idOf())).toBeNull()
    expect(await codeOf(() => desk.accounts.valueOf(idOf(), 'email'))).toBe('account_unknown')
  })
})

describe('the account to work in', () => {
  it('is the default one wherever it stands in the list, until the user chooses', async () => {
    await several()
    expect(desk.accounts.accountOf(idOf())).toMatchObject({ accountId: ACCOUNT(1) })
    const chosen = desk.accounts.choose(idOf(), ACCOUNT(2))
    expect(chosen.chosenId).toBe(ACCOUNT(2))
    const port = desk.simulator.host().replace(/^.*:/, '')
    expect(desk.accounts.accountOf(idOf())).toEqual({
      accountId: ACCOUNT(2),
      restBasePath: `http://localhost:${port}/restapi`,
    })
    expect(desk.accounts.valueOf(idOf(), 'restBasePath')).toBe(`http://localhost:${port}/restapi`)
    expect(desk.accounts.valueOf(idOf(), 'accountName')).toBe('Simulated subsidiary')
  })
  it('is remembered over a restart, beside the profiles and not in them', async () => {
    await several()
    desk.accounts.choose(idOf(), ACCOUNT(3))
    expect(JSON.stringify(profileStore.document)).not.toContain(ACCOUNT(3))
    await desk.simulator.stop()
    await startDesk()
    await several()
    expect(desk.accounts.accountOf(idOf())?.accountId).toBe(ACCOUNT(3))
  })
  it('falls back to the default one where the chosen is gone, and comes back with it', async () => {
    await several()
    desk.accounts.choose(idOf(), ACCOUNT(2))
    desk.simulator.setScenario('normal')
    expect((await desk.accounts.get(idOf(), { refresh: true }))?.chosenId).toBe(ACCOUNT(1))
    desk.simulator.setScenario('several-accounts')
    expect((await desk.accounts.get(idOf(), { refresh: true }))?.chosenId).toBe(ACCOUNT(2))
  })
  it('must be one of the user’s', async () => {
    await several()
    expect(await codeOf(() => desk.accounts.choose(idOf(), ACCOUNT(9)))).toBe('account_unknown')
    expect(await codeOf(() => desk.accounts.choose(idOf(), '__proto__'))).toBe('account_unknown')
    expect(accountStore.writes).toBe(0)
  })
  it('is forgotten with the profile', async () => {
    await several()
    const other = await desk.saveProfile(profileInput())
    desk.accounts.choose(idOf(), ACCOUNT(2))
    desk.removeProfile(other.id)
    expect(accountStore.document.chosen).toEqual({ [idOf()]: ACCOUNT(2) })
    desk.removeProfile(idOf())
    expect(accountStore.document.chosen).toEqual({})
  })
  it('a full disk is told, and nothing is chosen then', async () => {
    await several()
    accountStore.full = true
    expect(await codeOf(() => desk.accounts.choose(idOf(), ACCOUNT(2)))).toBe('save_failed')
    expect(desk.accounts.accountOf(idOf())?.accountId).toBe(ACCOUNT(1))
  })
  it('a file of a newer version is left alone; a strange one counts as empty', async () => {
    for (const [document, code] of [
      [{ schemaVersion: 2, chosen: {} }, 'save_failed'],
      [{ chosen: 'text' }, null],
      [{ chosen: { a: 7 } }, null],
    ] as const) {
      await desk.simulator.stop()
      accountStore = new MemoryStore(document)
      await startDesk()
      await several()
      const choose = () => desk.accounts.choose(idOf(), ACCOUNT(2))
      if (code) expect(await codeOf(choose)).toBe(code)
      else expect(choose().chosenId).toBe(ACCOUNT(2))
    }
  })
})

describe('try it', () => {
  it('needs a token', async () => {
    expect(await codeOf(() => desk.accounts.try(idOf()))).toBe('token_missing')
  })
  it('says how the token was taken, with what Docusign’s support asks for, and never the token', async () => {
    const { accessToken } = await desk.tokens.get(idOf())
    const good = await desk.accounts.try(idOf())
    expect(good).toEqual({
      status: 200,
      latencyMs: expect.any(Number),
      traceToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
      error: null,
    })
    desk.simulator.setScenario('token-refused')
    const refused = await desk.accounts.try(idOf())
    expect(refused).toMatchObject({ status: 401, error: { code: 'token_refused' }, traceToken: expect.any(String) })
    expect(JSON.stringify([good, refused])).not.toContain(accessToken)
    await desk.simulator.stop()
  })
})
