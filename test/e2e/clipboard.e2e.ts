import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, poll, startDesk } from './driver.js'
import { generate, openProfile, statusIn } from './steps.js'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
  await openProfile(desk, 'Simulator')
  await generate(desk)
  await statusIn(desk, /Token generated/)
})
afterAll(() => desk.quit())

async function copyToken(): Promise<string> {
  await desk.page.getByRole('button', { name: 'Copy token' }).click()
  await statusIn(desk, /Token copied/)
  return desk.clipboard()
}
async function clearAfter(choice: string): Promise<void> {
  const { page } = desk
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByLabel('Clear clipboard after', { exact: true }).selectOption({ label: choice })
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}
const countdown = () => desk.page.getByText(/^Clipboard clears in \d+:\d\d$/)
const savedSettings = () => JSON.parse(readFileSync(join(desk.userData, 'settings.json'), 'utf8'))

describe('a copied token', () => {
  it('counts down in sight for a minute, and nobody reads the seconds aloud', async () => {
    expect(await copyToken()).not.toBe('')
    await desk.page.getByText(/^Clipboard clears in (1:00|0:5\d)$/).waitFor()
    expect(await countdown().evaluate((node) => node.closest('[aria-live], [role=status], [role=alert]'))).toBeNull()
  })
  it('is off the clipboard after the time that was chosen, which counts for the token already out', async () => {
    const token = await copyToken()
    await clearAfter('10 seconds')
    await desk.page.getByText(/^Clipboard clears in 0:(10|0\d)$/).waitFor()
    expect(await desk.clipboard()).toBe(token)
    await poll(async () => ((await desk.clipboard()) === '' ? true : undefined))
    await countdown().waitFor({ state: 'detached' })
  })
  it('that something else was copied over is left alone', async () => {
    await copyToken()
    await countdown().waitFor()
    await desk.setClipboard('a shopping list')
    await countdown().waitFor({ state: 'detached' })
    expect(await desk.clipboard()).toBe('a shopping list')
  })
  it('stays where the user wants it to, without a countdown', async () => {
    await clearAfter('Never, only on quit')
    const token = await copyToken()
    expect(await countdown().count()).toBe(0)
    expect(await desk.clipboard()).toBe(token)
  })
  it('does not keep the app from quitting, and the settings are there again', async () => {
    const { userData } = desk
    await copyToken()
    await desk.page.getByRole('button', { name: 'Settings' }).click()
    await desk.page.getByLabel('Ask each time before a production token is copied or revealed').check()
    await poll(async () => (savedSettings().confirmEachProductionCopy ? true : undefined))
    expect(savedSettings()).toMatchObject({ schemaVersion: 1, clipboardClearAfterS: null })
    await desk.quit()
    desk = await startDesk(userData)
    await desk.page.getByRole('button', { name: 'Settings' }).click()
    const select = desk.page.getByLabel('Clear clipboard after', { exact: true })
    expect(await select.locator('option:checked').innerText()).toBe('Never, only on quit')
    expect(
      await desk.page.getByLabel('Ask each time before a production token is copied or revealed').isChecked(),
    ).toBe(true)
    await desk.page.keyboard.press('Escape')
  })
})
