import { afterAll, beforeAll, expect, it } from 'vitest'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { type Desk, startDesk } from './driver.js'
import { openProfile, pasteKey, statusIn } from './steps.js'

const INTEGRATION_KEY = '0b9f6c2e-1d3a-4c5b-8e7f-a1b2c3d4e5f6'
const DEMO_USER = '11111111-2222-4333-8444-555555555555'
const PRODUCTION_USER = '99999999-2222-4333-8444-555555555555'
const demoKey = pkcs1Pem(makeRsa().privateKey)

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
  const { page } = desk
  await page.getByRole('button', { name: 'New profile' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Envelopes')
  await page.getByLabel('Integration key', { exact: true }).fill(INTEGRATION_KEY)
  await page.getByLabel('User ID', { exact: true }).fill(DEMO_USER)
  await page.getByLabel('Redirect URI', { exact: true }).fill('http://localhost:3000/callback')
  await pasteKey(desk, demoKey)
  await page.getByRole('button', { name: 'Save profile' }).click()
  await statusIn(desk, /Profile saved/)
})
afterAll(() => desk.quit())

it('a demo profile gets a production one beside it, which takes nothing over that differs there', async () => {
  const { page } = desk
  await openProfile(desk, 'Envelopes')
  await page.getByRole('button', { name: 'Go live' }).click()
  await page.getByRole('heading', { name: 'Take “Envelopes” to production' }).waitFor()
  expect(await page.getByLabel('Redirect URI', { exact: true }).inputValue()).toBe('http://localhost:3000/callback')

  await pasteKey(desk, demoKey)
  await page.getByText(/This is the demo key/).waitFor()
  await page.getByLabel('User ID in production').fill(DEMO_USER)
  await page.getByRole('button', { name: 'Create production profile' }).click()
  await page.getByText(/This is the demo user/).waitFor()

  await page.getByRole('button', { name: 'Do not use it' }).click()
  await pasteKey(desk, pkcs1Pem(makeRsa().privateKey))
  await page.getByLabel('User ID in production').fill(PRODUCTION_USER)
  // Tests ask nobody outside this computer.
  await page.getByLabel(/Ask Docusign for a token at once/).uncheck()
  await page.getByRole('button', { name: 'Create production profile' }).click()
  await statusIn(desk, /Production profile created/)
  await page.getByRole('heading', { name: 'Envelopes (production)' }).waitFor()
  const facts = await page.getByRole('region', { name: 'Profile', exact: true }).innerText()
  expect(facts).toContain(INTEGRATION_KEY)
  expect(facts).toContain(PRODUCTION_USER)
  expect(facts).toContain('account.docusign.com')
  expect(await page.getByRole('button', { name: 'Go live' }).count()).toBe(0)
})
