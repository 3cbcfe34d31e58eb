import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Desk, startDesk } from './driver.js'
import { alertIn, generate, openProfile, setScenario, statusIn } from './steps.js'

describe('each of Docusign’s refusals is told with its cause', () => {
  let desk: Desk
  beforeAll(async () => {
    desk = await startDesk()
    await openProfile(desk, 'Simulator')
  })
  afterAll(() => desk.quit())

  it.each([
    ['unknown-user', 'user_not_found', 'Edit profile'],
    ['wrong-key', 'signature_rejected', 'Go to the key'],
    ['html', 'not_docusign', 'Try again'],
    ['clock-skew', 'clock_skewed', 'Try again'],
    ['server-error', 'provider_unavailable', 'Try again'],
  ])('%s', async (scenario, code, button) => {
    await setScenario(desk, scenario)
    await generate(desk)
    await desk.page.getByRole('alert').getByText(code).waitFor()
    await desk.page.getByRole('alert').getByRole('button', { name: button }).waitFor()
  })

  it('rate-limited: the wait is told, and outlives the scenario', async () => {
    // On a desk of its own: the wait would stand in the way of the tests that follow.
    const other = await startDesk()
    try {
      await openProfile(other, 'Simulator')
      await setScenario(other, 'rate-limited')
      await generate(other)
      await other.page.getByRole('alert').getByText('rate_limited').waitFor()
      await setScenario(other, 'normal')
      await generate(other)
      await other.page
        .getByRole('alert')
        .getByText(/asked to wait/)
        .waitFor()
    } finally {
      await other.quit()
    }
  })

  it('consent is given in the browser and the token follows', async () => {
    await setScenario(desk, 'consent-required')
    await generate(desk)
    expect(await alertIn(desk)).toContain('consent_required')
    const consent = await desk.openedPage(() => desk.page.getByRole('button', { name: 'Grant consent' }).click())
    await consent.getByRole('button', { name: 'Allow access' }).click()
    await consent.getByRole('heading', { name: 'Consent given' }).waitFor()
    await consent.close()
    const retry = desk.page.getByRole('alert').getByRole('button', { name: 'Retry' })
    if (await retry.isVisible()) await retry.click()
    await statusIn(desk, /Token generated/)
  })
})

describe('a damaged data folder', () => {
  it('loses nothing: the files are set aside, named, and the app works', async () => {
    const userData = mkdtempSync(join(tmpdir(), 'token-desk-e2e-'))
    writeFileSync(join(userData, 'profiles.json'), '{"profiles": [{"id"')
    writeFileSync(join(userData, 'vault.json'), '')
    const desk = await startDesk(userData)
    const kept = readdirSync(userData).filter((name) => name.includes('.corrupt-'))
    expect(kept).toHaveLength(2)
    for (const name of kept) await desk.page.getByText(name).first().waitFor()
    await openProfile(desk, 'Simulator')
    await generate(desk)
    await statusIn(desk, /Token generated/)
    await desk.quit()
  })
})

describe('the window', () => {
  it('cannot be led away, opened twice or given permissions', async () => {
    const desk = await startDesk()
    const { page } = desk
    const before = page.url()
    await page.evaluate("location.href = 'https://example.invalid/'").catch(() => {})
    await page.evaluate("window.open('https://example.invalid/')").catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(page.url()).toBe(before)
    await expect.poll(() => page.context().pages().length).toBe(1)
    expect(
      await page.evaluate(
        "Object.keys(window.api).includes('on') && typeof require === 'undefined' && typeof process === 'undefined'",
      ),
    ).toBe(true)
    await page.getByRole('list', { name: 'Profiles' }).waitFor()
    await desk.quit()
  })
})
