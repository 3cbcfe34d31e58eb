import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { findElectron } from '../../tools/electron-binary.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { manyProfiles } from '../helpers/many-profiles.js'
import { type Desk, startDesk } from './driver.js'
import { look, lookAtSizes, lookInContrast } from './look.js'
import { startProductionDesk } from './production-desk.js'
import { alertIn, generate, openProfile, pasteKey, serveOnFreePort, setScenario, statusIn } from './steps.js'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.quit())

describe('every screen is accessible and has its picture', () => {
  it('a profile without a token yet', async () => {
    await openProfile(desk, 'Simulator')
    await look(desk, 'ready')
  })
  it('a live token', async () => {
    await generate(desk)
    await statusIn(desk, /Token generated/)
    await look(desk, 'token')
    await lookAtSizes(desk, 'token')
    await lookInContrast(desk, 'token')
  })
  it('a token taken apart', async () => {
    await desk.page.getByText('Inspect token').click()
    await desk.page.getByText(/The signature is not shown/).waitFor()
    await look(desk, 'inspect')
    await desk.page.getByText('Inspect token').click()
  })
  it('whom the token acts for, in several accounts, and that it is accepted', async () => {
    const { page } = desk
    await setScenario(desk, 'several-accounts')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await statusIn(desk, /Accounts refreshed/)
    await page.getByRole('button', { name: 'Try token' }).click()
    await page
      .getByText(/X-DocuSign-TraceToken/)
      .first()
      .waitFor()
    await page.getByRole('heading', { name: 'Account', exact: true }).scrollIntoViewIfNeeded()
    await lookAtSizes(desk, 'account')
    await setScenario(desk, 'normal')
  })
  it('a failure with its cause', async () => {
    await setScenario(desk, 'consent-required')
    await generate(desk)
    await alertIn(desk)
    await look(desk, 'consent')
    await setScenario(desk, 'normal')
  })
  it('a new profile, with a mistake in it', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'New profile' }).click()
    await page.getByLabel('Environment', { exact: true }).selectOption('production')
    await page.getByLabel('User ID', { exact: true }).fill('dev@example.com')
    await page.getByLabel('User ID', { exact: true }).blur()
    await page.getByText(/This is an email address/).waitFor()
    await look(desk, 'new-profile')
    await lookAtSizes(desk, 'new-profile')
    await lookInContrast(desk, 'new-profile')
    await page.getByRole('button', { name: 'Cancel' }).click()
  })
  it('the dialog for a pasted key', async () => {
    const { page } = desk
    await openProfile(desk, 'Simulator')
    await page.getByRole('button', { name: 'Rotate key' }).click()
    await page.getByRole('button', { name: 'Paste key' }).click()
    await page.getByLabel('Private key', { exact: true }).waitFor()
    await look(desk, 'paste-key')
    await page.keyboard.press('Escape')
  })
  it('a copied token, which counts down to its clearing', async () => {
    const { page } = desk
    await generate(desk)
    await statusIn(desk, /Token generated/)
    await page.getByRole('button', { name: 'Copy token' }).click()
    await page.getByText(/^Clipboard clears in/).waitFor()
    await look(desk, 'copied')
  })
  it('the token server: off, its secret, running', async () => {
    const { page } = desk
    const card = page.getByRole('region', { name: 'Token server' })
    await card.scrollIntoViewIfNeeded()
    await look(desk, 'server-off')
    await serveOnFreePort(desk)
    await card.getByRole('checkbox').click()
    await page.getByRole('dialog', { name: /^Secret for/ }).waitFor()
    await look(desk, 'server-secret')
    await lookAtSizes(desk, 'server-secret')
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await card.getByText('docusignAuthkey').waitFor()
    await card.getByRole('button', { name: 'New secret' }).scrollIntoViewIfNeeded()
    await look(desk, 'server')
    await lookAtSizes(desk, 'server', card.getByRole('button', { name: 'New secret' }))
    await lookInContrast(desk, 'server')
    await card.getByRole('button', { name: 'Stop server' }).click()
    await card.getByRole('button', { name: 'New secret' }).scrollIntoViewIfNeeded()
    await look(desk, 'server-stopped')
    await card.getByRole('checkbox').click()
  })
  it('the settings', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByLabel('Clear clipboard after', { exact: true }).waitFor()
    await look(desk, 'settings')
    await lookAtSizes(desk, 'settings')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
  it('a key pair on its way to the next', async () => {
    await pasteKey(desk, pkcs1Pem(makeRsa().privateKey))
    await desk.page.getByRole('button', { name: 'Verify new key' }).click()
    const activate = desk.page.getByRole('button', { name: 'Activate new key' })
    await activate.scrollIntoViewIfNeeded()
    await look(desk, 'key-rotation')
  })
  it('the activity, also narrow', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Activity' }).click()
    await page.getByRole('table').waitFor()
    await look(desk, 'activity')
    await lookAtSizes(desk, 'activity')
    await page.getByRole('button', { name: 'Close' }).click()
  })
  it('the palette', async () => {
    await desk.page.keyboard.press(process.platform === 'darwin' ? 'Meta+k' : 'Control+k')
    await desk.page.getByRole('dialog', { name: 'Commands' }).waitFor()
    await look(desk, 'palette')
    await desk.page.keyboard.press('Escape')
  })
  // A machine with a keyring never shows it. The last one in this window: it stays narrow.
  it.runIf(process.platform === 'linux' && process.env.DBUS_SESSION_BUS_ADDRESS === undefined)(
    'the banner where keys are kept in memory only',
    async () => {
      const banner = desk.page.getByRole('region', { name: 'Notices' }).getByText(/Keys are kept in memory only/)
      await banner.waitFor()
      await desk.page.getByRole('button', { name: 'Set a passphrase' }).click()
      await desk.page.getByRole('dialog').getByLabel('Repeat passphrase').waitFor()
      await look(desk, 'set-passphrase')
      await desk.page.keyboard.press('Escape')
      await desk.page.getByRole('dialog').waitFor({ state: 'detached' })
      await desk.page.setViewportSize({ width: 360, height: 740 })
      await look(desk, 'memory-only-narrow')
    },
  )
  it.skipIf(findElectron(process.cwd()) !== null)('the question about a production token', async () => {
    const live = await startProductionDesk()
    await live.page.getByRole('button', { name: 'Copy token' }).click()
    await live.page.getByRole('alertdialog', { name: 'Copy a production token?' }).waitFor()
    await look(live, 'production-question')
    await live.quit()
  })
  it('going live', async () => {
    const userData = mkdtempSync(join(tmpdir(), 'token-desk-e2e-'))
    writeFileSync(join(userData, 'profiles.json'), JSON.stringify(manyProfiles(3)))
    const demo = await startDesk(userData)
    await openProfile(demo, 'Profile 1')
    await demo.page.getByRole('button', { name: 'Go live' }).click()
    await demo.page.getByRole('heading', { name: /to production/ }).waitFor()
    await look(demo, 'go-live')
    await lookAtSizes(demo, 'go-live')
    await demo.quit()
  })
  it('a request under way, and then no profile at all', async () => {
    const empty = await startDesk()
    await openProfile(empty, 'Simulator')
    await setScenario(empty, 'slow')
    await generate(empty)
    await empty.page.getByText('Generating…').waitFor()
    await look(empty, 'generating')
    await setScenario(empty, 'normal')
    await empty.page.getByRole('button', { name: 'Delete', exact: true }).click()
    await empty.page.getByRole('alertdialog').getByRole('button', { name: 'Delete profile' }).click()
    await empty.page.getByRole('heading', { name: 'No profiles yet' }).waitFor()
    await look(empty, 'no-profiles')
    await empty.quit()
  })
  it('many profiles, production among them, narrow and wide', async () => {
    const userData = mkdtempSync(join(tmpdir(), 'token-desk-e2e-'))
    writeFileSync(join(userData, 'profiles.json'), JSON.stringify(manyProfiles(40)))
    const crowded = await startDesk(userData)
    await openProfile(crowded, 'Profile 2')
    await look(crowded, 'production')
    await lookAtSizes(crowded, 'production')
    await lookInContrast(crowded, 'production')
    await crowded.quit()
  })
})
