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
    ['wrong-key', 'signature_rejected', null],
    ['rate-limited', 'rate_limited', 'Try again'],
    ['html', 'not_docusign', 'Try again'],
    ['clock-skew', 'clock_skewed', 'Try again'],
    ['server-error', 'provider_unavailable', 'Try again'],
  ])('%s', async (scenario, code, button) => {
    // A wait that Docusign asked for outlives its scenario, so that one is left to a fresh profile's turn.
    if (scenario === 'rate-limited') return checkRateLimit()
    await setScenario(desk, scenario)
    await generate(desk)
    expect(await alertIn(desk)).toContain(code)
    if (button) await desk.page.getByRole('alert').getByRole('button', { name: button }).waitFor()
  })

  async function checkRateLimit() {
    const other = await startDesk()
    await openProfile(other, 'Simulator')
    await setScenario(other, 'rate-limited')
    await generate(other)
    expect(await alertIn(other)).toContain('rate_limited')
    await other.quit()
  }

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
    expect(page.context().pages()).toHaveLength(1)
    expect(
      await page.evaluate(
        "Object.keys(window.api).includes('on') && typeof require === 'undefined' && typeof process === 'undefined'",
      ),
    ).toBe(true)
    await page.getByRole('list', { name: 'Profiles' }).waitFor()
    await desk.quit()
  })
})
