import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findElectron } from '../../tools/electron-binary.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { type Desk, startDesk } from './driver.js'
import { generate, pasteKey, statusIn } from './steps.js'

const TOKEN = 'production-stand-in-'.repeat(30)
/** Answers in the production host's place, inside main, so that nothing leaves this computer. */
const STAND_IN = `
  const real = globalThis.fetch
  globalThis.fetch = async (url, init) =>
    String(url) === 'https://account.docusign.com/oauth/token'
      ? Response.json({ access_token: '${TOKEN}', token_type: 'Bearer', expires_in: 3600 })
      : real(url, init)
`

// Only the browser host's main is Node, which takes a module to run first; its `net.fetch` is Node's.
describe.skipIf(findElectron(process.cwd()) !== null)('a production token', () => {
  let desk: Desk
  beforeAll(async () => {
    const before = process.env.NODE_OPTIONS
    process.env.NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(STAND_IN)}`
    try {
      desk = await startDesk()
    } finally {
      if (before === undefined) delete process.env.NODE_OPTIONS
      else process.env.NODE_OPTIONS = before
    }
    const { page } = desk
    await page.getByRole('button', { name: 'New profile' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Live')
    await page.getByLabel('Environment', { exact: true }).selectOption('production')
    await page.getByLabel('Integration key', { exact: true }).fill(randomUUID())
    await page.getByLabel('User ID', { exact: true }).fill(randomUUID())
    await pasteKey(desk, pkcs1Pem(makeRsa().privateKey))
    await page.getByRole('button', { name: 'Save profile' }).click()
    await statusIn(desk, /Profile saved/)
    await generate(desk)
    await statusIn(desk, /Token generated/)
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
    await desk.page.getByLabel('Ask each time before copying a production token').check()
    await press('Close')
    await press('Copy token')
    await question('Copy a production token?').waitFor()
    await desk.page.keyboard.press('Escape')
    await question('Copy a production token?').waitFor({ state: 'detached' })
  })
})
