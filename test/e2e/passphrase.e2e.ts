import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { type Desk, startDesk } from './driver.js'
import { alertIn, generate, openProfile, pasteKey, statusIn } from './steps.js'

const PASSPHRASE = 'correct horse battery'

/** Where nothing else protects keys; a machine with a keyring never shows these dialogs. */
describe.runIf(process.platform === 'linux' && process.env.DBUS_SESSION_BUS_ADDRESS === undefined)(
  'keys sealed with a passphrase',
  () => {
    const key = pkcs1Pem(makeRsa().privateKey)
    let desk: Desk
    beforeAll(async () => {
      desk = await startDesk()
      await openProfile(desk, 'Simulator')
      await desk.page.getByRole('button', { name: 'Remove key' }).click()
      await desk.page.getByRole('alertdialog').getByRole('button', { name: 'Remove key' }).click()
      await pasteKey(desk, key)
      await statusIn(desk, /Key loaded/)
    })
    afterAll(() => desk.quit())

    it('the banner offers it, two that differ are told, a short one is refused', async () => {
      const { page } = desk
      await page.getByRole('button', { name: 'Set a passphrase' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Passphrase', { exact: true }).fill('short')
      await dialog.getByLabel('Repeat passphrase').fill('shorter')
      await dialog.getByText('The two are not the same.').waitFor()
      await dialog.getByLabel('Repeat passphrase').fill('short')
      await dialog.getByRole('button', { name: 'Protect keys' }).click()
      await dialog.getByRole('alert').getByText('passphrase_invalid').waitFor()
    })
    it('set, the key that was in memory is sealed on disk and the banner goes', async () => {
      const { page } = desk
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
      await dialog.getByLabel('Repeat passphrase').fill(PASSPHRASE)
      await dialog.getByRole('button', { name: 'Protect keys' }).click()
      await statusIn(desk, /sealed with your passphrase/)
      await page.getByRole('main').getByText('Sealed on disk').waitFor()
      await page.getByText('Keys sealed on disk').waitFor()
      const vault = readFileSync(join(desk.userData, 'vault.json'), 'utf8')
      expect(vault).toContain('"wrapper": "passphrase"')
      for (const secret of [PASSPHRASE, ...key.split('\n').filter((line) => line.length === 64)])
        expect(vault).not.toContain(secret)
    })
    it('at the next start the keys are locked until it is given', async () => {
      const { userData } = desk
      await desk.quit()
      desk = await startDesk(userData)
      await openProfile(desk, 'Simulator')
      await generate(desk)
      expect(await alertIn(desk)).toContain('key_locked')
      await desk.page.getByRole('button', { name: 'Unlock keys' }).click()
      const dialog = desk.page.getByRole('dialog')
      await dialog.getByLabel('Passphrase', { exact: true }).fill('incorrect horse')
      await dialog.getByRole('button', { name: 'Unlock keys' }).click()
      await dialog.getByRole('alert').getByText('passphrase_wrong').waitFor()
      await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
      await dialog.getByRole('button', { name: 'Unlock keys' }).click()
      await statusIn(desk, /Keys unlocked/)
      await generate(desk)
      await statusIn(desk, /Token generated/)
    })
  },
)
