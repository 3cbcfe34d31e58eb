import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../helpers/free-port.js'
import { type Desk, startDesk } from './driver.js'
import { look } from './look.js'
import { alertIn, generate, openProfile, setScenario, statusIn } from './steps.js'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
  await openProfile(desk, 'Simulator')
})
afterAll(() => desk.quit())

const account = () => desk.page.getByRole('region', { name: 'Account' })

describe('who am I', () => {
  it('is not asked before a token, and shown after it', async () => {
    expect(await account().count()).toBe(0)
    await generate(desk)
    await account().getByText('Sim Developer').waitFor()
    await account().getByText('sim.developer@example.com').waitFor()
    await account().getByText('Default', { exact: true }).waitFor()
    await account()
      .getByText(/^http:\/\/127\.0\.0\.1:\d+\/restapi$/)
      .waitFor()
  })
  it('each value is copied as it stands', async () => {
    for (const what of ['Email', 'Account ID', 'REST base path of the account']) {
      await account()
        .getByRole('button', { name: `Copy ${what}`, exact: true })
        .click()
      await statusIn(desk, new RegExp(`${what} copied`))
      const text = await desk.clipboard()
      expect(text.length).toBeGreaterThan(8)
      await account().getByText(text, { exact: true }).first().waitFor()
    }
  })
  it('one of several is chosen, and still is after a restart', async () => {
    await setScenario(desk, 'several-accounts')
    await account().getByRole('button', { name: 'Refresh' }).click()
    await statusIn(desk, /Accounts refreshed/)
    const choice = account().getByLabel('Work in')
    expect(await choice.locator('option:checked').innerText()).toBe('Simulated account (default)')
    await choice.selectOption({ label: 'Simulated subsidiary' })
    await account()
      .getByText(/^http:\/\/localhost:\d+\/restapi$/)
      .waitFor()
    expect(await account().getByText('Default', { exact: true }).count()).toBe(0)
    const { userData } = desk
    expect(readFileSync(join(userData, 'profiles.json'), 'utf8')).not.toContain('5a1d0000')
    await desk.quit()
    desk = await startDesk(userData)
    await openProfile(desk, 'Simulator')
    await setScenario(desk, 'several-accounts')
    await generate(desk)
    await account()
      .getByText(/^http:\/\/localhost:\d+\/restapi$/)
      .waitFor()
  })
})

describe('try it', () => {
  it('shows status, time and trace token of a token that is accepted', async () => {
    await account().getByRole('button', { name: 'Try token' }).click()
    await statusIn(desk, /The token is accepted/)
    await account()
      .getByText(/HTTP 200 in \d+ ms/)
      .waitFor()
    await account()
      .getByText(/^[0-9a-f-]{36}$/)
      .last()
      .waitFor()
    await look(desk, 'account')
  })
  it('and names the refusal of one that is not', async () => {
    await setScenario(desk, 'token-refused')
    await account().getByRole('button', { name: 'Try token' }).click()
    await account()
      .getByText(/HTTP 401 in \d+ ms/)
      .waitFor()
    expect(await account().getByRole('alert').filter({ hasText: 'token_refused' }).innerText()).toContain(
      'does not accept this token',
    )
    await look(desk, 'token-refused')
  })
})

describe('consent, as a closed loop', () => {
  const button = (name: string) => desk.page.getByRole('button', { name, exact: true })

  it('the browser comes back by itself, and so does the token', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Edit profile' }).click()
    await page.getByLabel(/^Redirect URI/).fill(`http://localhost:${await freePort()}/callback`)
    await page.getByRole('button', { name: 'Save profile' }).click()
    await statusIn(desk, /Profile saved/)
    await setScenario(desk, 'consent-required')
    await generate(desk)
    expect(await alertIn(desk)).toContain('consent_required')
    const consent = await desk.openedPage(() => button('Grant consent').click())
    await page.getByText('Waiting for the browser…').waitFor()
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Retry')
    await look(desk, 'consent-waiting')
    await consent.getByRole('button', { name: 'Allow access' }).click()
    await consent.getByText('You can close this page').waitFor()
    // Without a press in the window.
    await statusIn(desk, /Token generated/)
    await consent.close()
  })
  it('a new scope is told before the request; what is declined is told as such', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Edit profile' }).click()
    await page.getByLabel('Scopes', { exact: true }).fill('signature impersonation cors')
    await page.getByRole('button', { name: 'Save profile' }).click()
    await page.getByText('New scope, consent again:').waitFor()
    await look(desk, 'consent-new-scope')
    const consent = await desk.openedPage(() => button('Grant consent').click())
    await consent.getByRole('button', { name: 'Deny' }).click()
    await consent.getByText('Access was declined').waitFor()
    await consent.close()
    expect(await alertIn(desk)).toContain('consent_denied')
    expect(await page.getByText('New scope, consent again:').count()).toBe(0)
  })
  it('an administrator’s consent is for all users', async () => {
    const { page } = desk
    await button('Admin consent…').click()
    await page.getByRole('dialog').waitFor()
    await look(desk, 'consent-admin')
    const consent = await desk.openedPage(() => button('Open the page').click())
    expect(new URL(consent.url()).searchParams.get('admin_consent_scope')).toBe('signature impersonation cors')
    await consent.getByRole('button', { name: 'Allow access' }).click()
    await consent.getByText('You can close this page').waitFor()
    await statusIn(desk, /Token generated/)
    expect(await page.getByText('New scope, consent again:').count()).toBe(0)
    await consent.close()
  })
  it('nobody is left listening, and no code is anywhere', async () => {
    const { userData } = desk
    await desk.quit()
    const kept = ['profiles.json', 'consents.json', 'accounts.json'].map((name) =>
      readFileSync(join(userData, name), 'utf8'),
    )
    expect([...kept, desk.output()].join('\n')).not.toMatch(/[?&]code=|"code"|state=/)
    const uri = /http:\/\/localhost:\d+\/callback/.exec(kept[0] ?? '')?.[0] ?? ''
    await expect(fetch(uri)).rejects.toThrow()
  })
})
