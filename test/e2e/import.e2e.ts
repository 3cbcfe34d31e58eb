import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONFIGURATIONS, INTEGRATION_KEY, USER_ID } from '../helpers/configurations.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { type Desk, startDesk } from './driver.js'
import { look } from './look.js'
import { generate, statusIn } from './steps.js'

const PASSPHRASE = 'correct horse battery'
const folder = mkdtempSync(join(tmpdir(), 'token-desk-import-'))
const pem = pkcs1Pem(makeRsa().privateKey)
const team = join(folder, 'team.json')

let desk: Desk
beforeAll(async () => {
  writeFileSync(join(folder, 'private.key'), pem)
  desk = await startDesk()
})
afterAll(() => desk.quit())

const dialog = () => desk.page.getByRole('dialog').first()
const openImport = (path: string | string[]) =>
  desk.chooseFile(path, () => desk.page.getByRole('button', { name: 'Import', exact: true }).click())
const apply = () =>
  dialog()
    .getByRole('button', { name: /^Import \d+ profile/ })
    .click()

/** What a file manager does when files are let go over the window. */
async function drop(files: Record<string, string>): Promise<void> {
  await desk.page.evaluate(
    `(() => {
      const dataTransfer = new DataTransfer()
      for (const [name, text] of ${JSON.stringify(Object.entries(files))}) dataTransfer.items.add(new File([text], name))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    })()`,
  )
}

describe('from files', () => {
  it.each(Object.entries(CONFIGURATIONS))('%s is previewed, and saved with the key beside it', async (name, text) => {
    const path = join(folder, name)
    writeFileSync(path, text)
    await openImport(path)
    await dialog().getByText('With its key').waitFor()
    expect(await dialog().getByLabel('Environment', { exact: true }).inputValue()).toBe('demo')
    await dialog().getByText(INTEGRATION_KEY).waitFor()
    await dialog().getByLabel('Name', { exact: true }).fill(`From ${name}`)
    if (name === '.env') await look(desk, 'import')
    await apply()
    await statusIn(desk, /Imported 1 profile, 1 key/)
    await desk.page.getByRole('heading', { name: `From ${name}`, exact: true }).waitFor()
  })
  it('what the file does not say has to be said; the key signs a token', async () => {
    const { page } = desk
    const path = join(folder, 'bare.env')
    writeFileSync(path, `INTEGRATION_KEY=${INTEGRATION_KEY}`)
    await openImport([path, join(folder, 'private.key')])
    expect(await dialog().getByLabel('Environment', { exact: true }).inputValue()).toBe('')
    await apply()
    await dialog().getByText('The file does not say. Choose one.').waitFor()
    await look(desk, 'import-unsaid')
    await dialog().getByLabel('Environment', { exact: true }).selectOption('simulator')
    await dialog().getByLabel('User ID', { exact: true }).fill(USER_ID)
    await apply()
    await page.getByRole('heading', { name: 'bare', exact: true }).waitFor()
    await generate(desk)
    await statusIn(desk, /Token generated/)
  })
  it('a name that is taken is left out until it is changed', async () => {
    const path = join(folder, 'bare.env')
    await openImport(path)
    expect(await dialog().getByRole('checkbox').isChecked()).toBe(false)
    await dialog().getByRole('checkbox').check()
    await dialog().getByText('A profile has this name already').waitFor()
    await desk.page.keyboard.press('Escape')
    await dialog().waitFor({ state: 'detached' })
  })
  it('dropped ones come in the same way, a wrong one gets one sentence', async () => {
    await drop({ 'jwtConfig.json': CONFIGURATIONS['jwtConfig.json'], 'private.key': pem })
    await dialog().getByText('With its key').waitFor()
    await dialog().getByRole('button', { name: 'Cancel' }).click()
    await drop({ 'broken.json': '{"clientId":' })
    await dialog().getByText('This JSON file is broken.').waitFor()
    await look(desk, 'import-refused')
    await dialog().getByRole('button', { name: 'Close' }).click()
    await drop({ 'large.env': 'A=1\n'.repeat(300_000) })
    await dialog().getByText('import_too_large').waitFor()
    await dialog().getByRole('button', { name: 'Close' }).click()
  })
})

describe('for a team', () => {
  it('profiles go out with sealed keys, for their owner’s eyes alone', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await dialog().getByLabel('With private keys').check()
    await dialog().getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await dialog().getByLabel('Repeat passphrase').fill(PASSPHRASE)
    await look(desk, 'export')
    await desk.saveFile(team, () =>
      dialog()
        .getByRole('button', { name: /^Export \d+ profiles$/ })
        .click(),
    )
    await statusIn(desk, /Exported \d+ profiles, \d+ keys to .*team\.json/)
    const text = readFileSync(team, 'utf8')
    expect(text).toContain('"token-desk-profiles"')
    expect(text).not.toContain('PRIVATE KEY')
    if (process.platform !== 'win32') expect(statSync(team).mode & 0o777).toBe(0o600)
  })
  it('and come in on another computer', async () => {
    await desk.quit()
    desk = await startDesk()
    await openImport(team)
    await look(desk, 'import-sealed')
    await dialog().getByRole('button', { name: 'Unlock keys' }).click()
    const asking = desk.page.getByRole('dialog', { name: 'Unlock the keys' })
    await asking.getByLabel('Passphrase').fill('a wrong passphrase')
    await asking.getByRole('button', { name: 'Unlock keys' }).click()
    await asking.getByRole('alert').getByText('passphrase_wrong').waitFor()
    await asking.getByLabel('Passphrase').fill(PASSPHRASE)
    await asking.getByRole('button', { name: 'Unlock keys' }).click()
    await asking.waitFor({ state: 'detached' })
    await dialog().getByText('With its key').first().waitFor()
    await apply()
    await statusIn(desk, /Imported \d+ profiles, \d+ keys/)
    const list = desk.page.getByRole('list', { name: 'Profiles', exact: true })
    expect(await list.getByRole('listitem').count()).toBe(Object.keys(CONFIGURATIONS).length + 1)
  })
})
