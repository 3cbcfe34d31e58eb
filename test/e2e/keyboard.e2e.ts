import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manyProfiles } from '../helpers/many-profiles.js'
import { type Desk, startDesk } from './driver.js'
import { openProfile, statusIn } from './steps.js'

const CTRL = process.platform === 'darwin' ? 'Meta' : 'Control'

let desk: Desk
beforeAll(async () => {
  const userData = mkdtempSync(join(tmpdir(), 'token-desk-e2e-'))
  writeFileSync(join(userData, 'profiles.json'), JSON.stringify(manyProfiles(30)))
  desk = await startDesk(userData)
})
afterAll(() => desk.quit())

const palette = () => desk.page.getByRole('dialog', { name: 'Commands' })
const find = async (words: string) => {
  await desk.page.keyboard.press(`${CTRL}+k`)
  await palette().waitFor()
  await desk.page.keyboard.type(words)
}

describe('the palette', () => {
  it('finds a profile by a few letters and goes there', async () => {
    await find('go profile 17')
    await expect.poll(() => palette().getByRole('option').count()).toBe(1)
    await desk.page.keyboard.press('Enter')
    await desk.page.getByRole('heading', { name: 'Profile 17', exact: true }).waitFor()
    await palette().waitFor({ state: 'detached' })
  })
  it('goes up and down with the arrows, and says which one is marked', async () => {
    await find('')
    const { page } = desk
    const marked = () => palette().getByRole('option', { selected: true }).innerText()
    const first = await marked()
    await page.keyboard.press('ArrowDown')
    await expect.poll(marked).not.toBe(first)
    await page.keyboard.press('ArrowUp')
    await expect.poll(marked).toBe(first)
    const id = await palette().getByRole('option', { selected: true }).getAttribute('id')
    expect(await palette().getByRole('combobox').getAttribute('aria-activedescendant')).toBe(id)
  })
  it('says when nothing matches, and Escape closes it', async () => {
    await desk.page.keyboard.type('no such thing')
    await palette().getByText('Nothing matches.').waitFor()
    await desk.page.keyboard.press('Enter')
    await desk.page.keyboard.press('Escape')
    await palette().waitFor({ state: 'detached' })
  })
  it('opens the settings', async () => {
    await find('preferences')
    await desk.page.keyboard.press('Enter')
    await desk.page.getByRole('dialog', { name: 'Settings' }).waitFor()
    await desk.page.keyboard.press('Escape')
  })
})

it('a token is generated and copied without the mouse', async () => {
  const { page } = desk
  await find('go simulator profile 3')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^Profile 3/ }).waitFor()
  await page.keyboard.press(`${CTRL}+Enter`)
  await statusIn(desk, /Token generated/)
  await page.keyboard.press(`${CTRL}+Shift+C`)
  await statusIn(desk, /Token copied/)
  expect((await desk.clipboard()).length).toBeGreaterThan(500)
})

it('Ctrl+N begins a profile, Ctrl+, opens the settings, and neither does through a dialog', async () => {
  const { page } = desk
  await page.keyboard.press(`${CTRL}+,`)
  await page.getByRole('dialog', { name: 'Settings' }).waitFor()
  await page.keyboard.press(`${CTRL}+k`)
  expect(await palette().count()).toBe(0)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: 'Settings' }).waitFor({ state: 'detached' })
  await page.keyboard.press(`${CTRL}+n`)
  await page.getByRole('heading', { name: 'New profile' }).waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
})

it('a shortcut that cannot be had says so', async () => {
  if (desk.host === 'electron') return
  await openProfile(desk, 'Profile 3')
  await desk.page.keyboard.press(`${CTRL}+,`)
  await desk.page.getByLabel(/from anywhere/).selectOption({ index: 1 })
  await desk.page.getByText('The browser host cannot do it; Electron can.').waitFor()
  await desk.page.keyboard.press('Escape')
})
