import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Simulator, startSimulator } from '../../src/main/simulator/server.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { type Desk, startDesk } from './driver.js'
import { alertIn, generate, openProfile, pasteKey, statusIn } from './steps.js'

let desk: Desk
/** The clipboard loses it after a minute, while the tests go on. */
let copied = ''
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.quit())

describe('the first start', () => {
  it('shows a ready simulator profile, and one click gives a token', async () => {
    await openProfile(desk, 'Simulator')
    await generate(desk)
    await statusIn(desk, /Token generated/)
    await desk.page.getByText(/^59:\d\d$/).waitFor()
  })
  it('copies a token that the simulator’s user info accepts', async () => {
    await desk.page.getByRole('button', { name: 'Copy token' }).click()
    await statusIn(desk, /Token copied/)
    const token = await desk.clipboard()
    copied = token
    const host = (
      await desk.page
        .getByText(/^127\.0\.0\.1:\d+$/)
        .first()
        .innerText()
    ).trim()
    const info = await fetch(`http://${host}/oauth/userinfo`, { headers: { Authorization: `Bearer ${token}` } })
    expect(info.status).toBe(200)
  })
  it('keeps the token out of the page until Reveal, and takes it away again', async () => {
    const token = copied
    expect(token).not.toBe('')
    expect(await desk.page.content()).not.toContain(token)
    await desk.page.getByRole('button', { name: 'Reveal token' }).click()
    await desk.page.getByText(token).waitFor()
    await desk.page.getByRole('button', { name: 'Hide token' }).click()
    expect(await desk.page.content()).not.toContain(token)
  })
})

describe('a profile of one’s own', () => {
  const key = pkcs1Pem(makeRsa().privateKey)
  const integrationKey = randomUUID()
  const userId = randomUUID()
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator()
  })
  afterAll(() => simulator.close())

  async function fillForm(name: string, environment: string): Promise<void> {
    const { page } = desk
    await page.getByRole('button', { name: 'New profile' }).click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByLabel('Environment', { exact: true }).selectOption(environment)
    await page.getByLabel('Integration key', { exact: true }).fill(integrationKey)
    await page.getByLabel('User ID', { exact: true }).fill(userId)
    await page.getByLabel('Scopes', { exact: true }).fill('signature impersonation')
  }

  it('is made for a custom host with a pasted key, and gives a token', async () => {
    const { page } = desk
    await fillForm('Custom one', 'custom')
    await page.getByLabel('OAuth host', { exact: true }).fill(simulator.host)
    await page.getByLabel('REST base path', { exact: true }).fill(`http://${simulator.host}/restapi`)
    await pasteKey(desk, key.replaceAll('\n', '\\n'))
    await page.getByRole('button', { name: 'Save profile' }).click()
    await statusIn(desk, /Profile saved/)
    await generate(desk)
    // The simulator does not know this app yet: the user is told which of the many causes it is.
    expect(await alertIn(desk)).toContain('issuer_not_found')
    const publicKeyPem = await page.evaluate(async () => {
      const listed = await (globalThis as unknown as { api: import('../../src/shared/contract.js').Api }).api[
        'profiles:list'
      ]()
      return listed.ok ? listed.value.profiles.find(({ name }) => name === 'Custom one')?.key?.publicKeyPem : undefined
    })
    simulator.register([{ integrationKey, userIds: [userId], publicKeyPems: [publicKeyPem ?? ''], redirectUris: [] }])
    await generate(desk)
    await statusIn(desk, /Token generated/)
    expect(simulator.tokenRequests).toBe(2)
  })

  it('is made for production with a key from a file, unmistakably', async () => {
    const { page } = desk
    const file = join(mkdtempSync(join(tmpdir(), 'token-desk-e2e-key-')), 'private.key')
    writeFileSync(file, key)
    await fillForm('Live', 'production')
    await desk.chooseFile(file, () => page.getByRole('button', { name: 'Load key file' }).click())
    await page.getByText(/2048/).first().waitFor()
    await page.getByRole('button', { name: 'Save profile' }).click()
    await statusIn(desk, /Profile saved/)
    await page
      .getByText(/Real accounts, real envelopes/)
      .first()
      .waitFor()
    await page.getByRole('main').getByText('account.docusign.com', { exact: true }).waitFor()
  })

  it('refuses an email as User ID with a hint, and keeps what was typed', async () => {
    const { page } = desk
    await fillForm('Broken', 'demo')
    await page.getByLabel('User ID', { exact: true }).fill('dev@example.com')
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByText(/This is an email address/).waitFor()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Broken')
    expect(await page.getByLabel('User ID', { exact: true }).inputValue()).toBe('dev@example.com')
    await page.getByRole('button', { name: 'Cancel' }).click()
  })

  it('leaves the focus where one types, whatever is wrong elsewhere', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'New profile' }).click()
    await page.getByLabel('Integration key', { exact: true }).click()
    await page.keyboard.type('abc')
    await page.getByLabel('User ID', { exact: true }).click()
    await page.keyboard.type('66666666-7777')
    expect(await page.getByLabel('User ID', { exact: true }).inputValue()).toBe('66666666-7777')
    expect(await page.getByLabel('Integration key', { exact: true }).inputValue()).toBe('abc')
    await page.getByRole('button', { name: 'Cancel' }).click()
  })

  it('tells what was pasted instead of a private key', async () => {
    const { page } = desk
    await openProfile(desk, 'Custom one')
    await page.getByRole('button', { name: 'Rotate key' }).click()
    await page.getByRole('button', { name: 'Paste key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog
      .getByLabel('Private key', { exact: true })
      .fill('-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----')
    await dialog.getByRole('button', { name: 'Use this key' }).click()
    await dialog
      .getByRole('alert')
      .getByText(/public key/)
      .waitFor()
    await page.keyboard.press('Escape')
  })

  it('nothing of the key stands in the page or in the data folder', async () => {
    const lines = key.split('\n').filter((line) => line.length === 64)
    const written = ['profiles.json', 'vault.json'].map((name) => {
      try {
        return readFileSync(join(desk.userData, name), 'utf8')
      } catch {
        return ''
      }
    })
    const everything = [await desk.page.content(), desk.output(), ...written].join('\n')
    expect(lines.some((line) => everything.includes(line))).toBe(false)
    expect(copied).not.toBe('')
    expect(everything).not.toContain(copied)
  })
})

it('profiles are there again after a restart; a key that nothing protected is asked for again', async () => {
  const { userData, page } = desk
  const inMemory = (await page.getByText('Keys in memory only').count()) > 0
  await desk.quit()
  desk = await startDesk(userData)
  await openProfile(desk, 'Custom one')
  await desk.page.getByText(inMemory ? /Drop the key file here/ : /Sealed on disk/).waitFor()
  await openProfile(desk, 'Simulator')
  await generate(desk)
  await statusIn(desk, /Token generated/)
})
