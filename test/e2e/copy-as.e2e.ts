import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Desk, startDesk } from './driver.js'
import { generate, openProfile, statusIn } from './steps.js'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
  await openProfile(desk, 'Simulator')
  await generate(desk)
  await statusIn(desk, /Token generated/)
  // With the account known, what is copied calls the account.
  await desk.page.getByRole('heading', { name: 'Account', exact: true }).waitFor()
  await desk.page.getByText('sim.developer@example.com').waitFor()
})
afterAll(() => desk.quit())

const choose = async (label: string) => {
  await desk.page.getByLabel('Copy as', { exact: true }).selectOption({ label })
  await desk.page.getByRole('button', { name: `Copy as ${label}` }).click()
  await statusIn(desk, new RegExp(`Copied as ${label.replace('.', '\\.')}`))
  return desk.clipboard()
}

it('a token is copied as other tools want it', async () => {
  expect(await choose('curl')).toMatch(
    /^printf '%s\\n' 'Authorization: Bearer \S+' \|\n {2}curl .* 'http:\/\/127\.0\.0\.1:\d+\/restapi\/v2\.1\/accounts\/[0-9a-f-]{36}'\n$/,
  )
  expect(await choose('Authorization header')).toMatch(/^Authorization: Bearer \S{500,}$/)
  expect(Object.keys(parseEnv(await choose('.env')))).toContain('DOCUSIGN_ACCESS_TOKEN')
  expect(JSON.parse(await choose('JSON')).token_type).toBe('Bearer')
})

it('the format is remembered for the profile, also after a restart', async () => {
  await choose('Python')
  const { userData } = desk
  await desk.quit()
  desk = await startDesk(userData)
  await openProfile(desk, 'Simulator')
  await generate(desk)
  await desk.page.getByRole('button', { name: 'Copy as Python' }).waitFor()
})

it('a Postman environment is saved as a file of the user’s alone', async () => {
  const { page } = desk
  await page.getByLabel('Copy as', { exact: true }).selectOption({ label: 'Postman environment' })
  const path = join(mkdtempSync(join(tmpdir(), 'token-desk-postman-')), 'environment.json')
  await desk.saveFile(path, () => page.getByRole('button', { name: 'Save file with the token' }).click())
  await statusIn(desk, /Saved as/)
  const { values } = JSON.parse(readFileSync(path, 'utf8')) as { values: { key: string; value: string }[] }
  expect(values.find(({ key }) => key === 'access_token')?.value.length).toBeGreaterThan(500)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('a token is inspected: what can be read, in local time and UTC, and what cannot', async () => {
  const { page } = desk
  await page.getByText('Inspect token').click()
  const section = page.locator('.inspection')
  await section.getByText(/bytes$/).waitFor()
  const text = await section.innerText()
  expect(text).toMatch(/local · \d{4}-\d\d-\d\dT[\d:]+Z UTC/)
  expect(text).toContain('The signature is not shown')
})
