import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findElectron } from '../../tools/electron-binary.js'
import type { Desk } from './driver.js'
import { startProductionDesk, PRODUCTION_TOKEN as TOKEN } from './production-desk.js'
import { statusIn } from './steps.js'

// Only the browser host's `net.fetch` is Node's, which a stand-in can take the place of.
describe.skipIf(findElectron(process.cwd()) !== null)('a production token', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await startProductionDesk()
  })
  afterAll(() => desk?.quit())

  const press = (name: string) => desk.page.getByRole('button', { name, exact: true }).click()
  const question = (title: string) => desk.page.getByRole('alertdialog', { name: title })

  it('is not shown when the user says no to the question', async () => {
    await press('Reveal token')
    await question('Reveal a production token?').waitFor()
    await press('Cancel')
    await question('Reveal a production token?').waitFor({ state: 'detached' })
    expect(await desk.page.content()).not.toContain(TOKEN)
  })
  it('is copied once the user says yes, and not asked about again in this session', async () => {
    await press('Copy token')
    const dialog = question('Copy a production token?')
    await dialog.getByText(/acts on real accounts/).waitFor()
    expect(await desk.clipboard()).not.toBe(TOKEN)
    await press('Copy production token')
    await statusIn(desk, /Token copied/)
    expect(await desk.clipboard()).toBe(TOKEN)
    await press('Reveal token')
    await desk.page.getByText(TOKEN).waitFor()
    await press('Hide token')
  })
  it('is asked about each time where the setting says so', async () => {
    await press('Settings')
    await desk.page.getByLabel('Ask each time before a production token is copied or revealed').check()
    await press('Close')
    await press('Copy token')
    await question('Copy a production token?').waitFor()
    await desk.page.keyboard.press('Escape')
    await question('Copy a production token?').waitFor({ state: 'detached' })
  })
})
