import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Desk, startDesk } from './driver.js'
import { alertIn, generate, openProfile, setScenario, statusIn } from './steps.js'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
  await openProfile(desk, 'Simulator')
})
afterAll(() => desk.quit())

const rows = () => desk.page.getByRole('row').filter({ hasText: 'Simulator' })

it('is empty at first, and then lists each request with its outcome', async () => {
  const { page } = desk
  await page.getByRole('button', { name: 'Activity' }).click()
  await page.getByText('Nothing was asked of Docusign yet').waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await generate(desk)
  await statusIn(desk, /Token generated/)
  await setScenario(desk, 'consent-required')
  await generate(desk)
  expect(await alertIn(desk)).toMatch(/consent_required · trace token [0-9a-f-]{36}/)
  await page.getByRole('button', { name: 'Activity' }).click()
  await rows().nth(1).waitFor()
  expect(await rows().first().innerText()).toMatch(/consent_required[\s\S]*[0-9a-f-]{36}[\s\S]* ms/)
  expect(await rows().nth(1).innerText()).toContain('OK')
})

it('is searched', async () => {
  const { page } = desk
  await page.getByLabel('Search the activity').fill('simulator CONSENT')
  await expect.poll(() => rows().count()).toBe(1)
  await page.getByLabel('Search the activity').fill('nothing like it')
  await page.getByText('No request matches.').waitFor()
  await page.getByLabel('Search the activity').fill('')
})

it('is saved for other programs, readable by the user alone', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'token-desk-saved-')), 'activity.csv')
  await desk.saveFile(path, () => desk.page.getByRole('button', { name: 'Save CSV' }).click())
  await statusIn(desk, /Saved as/)
  expect(readFileSync(path, 'utf8')).toMatch(/^time,kind,.*\r\n.*consent_required/)
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('is there after a restart, and is cleared on request', async () => {
  const { userData } = desk
  await desk.quit()
  desk = await startDesk(userData)
  const { page } = desk
  await page.getByRole('button', { name: 'Activity' }).click()
  await rows().nth(1).waitFor()
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Clear activity' }).click()
  await page.getByText('Nothing was asked of Docusign yet').waitFor()
})
