import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findElectron } from '../../tools/electron-binary.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { manyProfiles } from '../helpers/many-profiles.js'
import { type Desk, startDesk } from './driver.js'
import { startProductionDesk } from './production-desk.js'
import { alertIn, generate, openProfile, pasteKey, setScenario, statusIn } from './steps.js'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const FOLDER = join('docs', 'screenshots')

interface Axe {
  run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>
}

let desk: Desk
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  desk = await startDesk()
})
afterAll(() => desk.quit())

/** axe on the screen as it stands, light and dark, with a picture of each for the README. */
async function look(name: string, subject = desk): Promise<void> {
  const { page } = subject
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // Not through a script tag: the page's policy refuses those, as it should.
    await page.evaluate(axeSource)
    const violations = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as { axe: Axe }
      return (await axe.run()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      )
    })
    expect(violations).toEqual([])
    await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}.png`) })
  }
}

describe('every screen is accessible and has its picture', () => {
  it('a profile without a token yet', async () => {
    await openProfile(desk, 'Simulator')
    await look('ready')
  })
  it('a live token', async () => {
    await generate(desk)
    await statusIn(desk, /Token generated/)
    await look('token')
  })
  it('a token taken apart', async () => {
    await desk.page.getByText('Inspect token').click()
    await desk.page.getByText(/The signature is not shown/).waitFor()
    await look('inspect')
    await desk.page.getByText('Inspect token').click()
  })
  it('a failure with its cause', async () => {
    await setScenario(desk, 'consent-required')
    await generate(desk)
    await alertIn(desk)
    await look('consent')
    await setScenario(desk, 'normal')
  })
  it('a new profile, with a mistake in it', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'New profile' }).click()
    await page.getByLabel('Environment', { exact: true }).selectOption('production')
    await page.getByLabel('User ID', { exact: true }).fill('dev@example.com')
    await page.getByLabel('User ID', { exact: true }).blur()
    await page.getByText(/This is an email address/).waitFor()
    await look('new-profile')
    await page.getByRole('button', { name: 'Cancel' }).click()
  })
  it('the dialog for a pasted key', async () => {
    const { page } = desk
    await openProfile(desk, 'Simulator')
    await page.getByRole('button', { name: 'Rotate key' }).click()
    await page.getByRole('button', { name: 'Paste key' }).click()
    await page.getByLabel('Private key', { exact: true }).waitFor()
    await look('paste-key')
    await page.keyboard.press('Escape')
  })
  it('a copied token, which counts down to its clearing', async () => {
    const { page } = desk
    await generate(desk)
    await statusIn(desk, /Token generated/)
    await page.getByRole('button', { name: 'Copy token' }).click()
    await page.getByText(/^Clipboard clears in/).waitFor()
    await look('copied')
  })
  it('the settings', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Settings' }).click()
    await page.getByLabel('Clear clipboard after', { exact: true }).waitFor()
    await look('settings')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
  it('a key pair on its way to the next', async () => {
    await pasteKey(desk, pkcs1Pem(makeRsa().privateKey))
    await desk.page.getByRole('button', { name: 'Verify new key' }).click()
    const activate = desk.page.getByRole('button', { name: 'Activate new key' })
    await activate.scrollIntoViewIfNeeded()
    await look('key-rotation')
  })
  it('the activity, also narrow', async () => {
    const { page } = desk
    await page.getByRole('button', { name: 'Activity' }).click()
    await page.getByRole('table').waitFor()
    await look('activity')
    await page.setViewportSize({ width: 360, height: 740 })
    await look('activity-narrow')
    // The window's own size: Playwright knows none of a window that it did not open.
    await page.setViewportSize({ width: 1080, height: 740 })
    await page.getByRole('button', { name: 'Close' }).click()
  })
  it('the palette', async () => {
    await desk.page.keyboard.press(process.platform === 'darwin' ? 'Meta+k' : 'Control+k')
    await desk.page.getByRole('dialog', { name: 'Commands' }).waitFor()
    await look('palette')
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
      await look('set-passphrase')
      await desk.page.keyboard.press('Escape')
      await desk.page.getByRole('dialog').waitFor({ state: 'detached' })
      await desk.page.setViewportSize({ width: 360, height: 740 })
      await look('memory-only-narrow')
    },
  )
  it.skipIf(findElectron(process.cwd()) !== null)('the question about a production token', async () => {
    const live = await startProductionDesk()
    await live.page.getByRole('button', { name: 'Copy token' }).click()
    await live.page.getByRole('alertdialog', { name: 'Copy a production token?' }).waitFor()
    await look('production-question', live)
    await live.quit()
  })
  it('going live', async () => {
    const userData = mkdtempSync(join(tmpdir(), 'token-desk-e2e-'))
    writeFileSync(join(userData, 'profiles.json'), JSON.stringify(manyProfiles(3)))
    const demo = await startDesk(userData)
    await openProfile(demo, 'Profile 1')
    await demo.page.getByRole('button', { name: 'Go live' }).click()
    await demo.page.getByRole('heading', { name: /to production/ }).waitFor()
    await look('go-live', demo)
    await demo.quit()
  })
  it('many profiles, production among them, narrow and wide', async () => {
    const userData = mkdtempSync(join(tmpdir(), 'token-desk-e2e-'))
    writeFileSync(join(userData, 'profiles.json'), JSON.stringify(manyProfiles(40)))
    const crowded = await startDesk(userData)
    await openProfile(crowded, 'Profile 2')
    await look('production', crowded)
    for (const [name, width, height] of [
      ['narrow', 360, 740],
      ['wide', 1600, 900],
    ] as const) {
      await crowded.page.setViewportSize({ width, height })
      await look(`production-${name}`, crowded)
      const overflow = await crowded.page.evaluate(
        'document.documentElement.scrollWidth > document.documentElement.clientWidth',
      )
      expect(overflow, 'nothing may need scrolling sideways').toBe(false)
    }
    await crowded.quit()
  })
})
