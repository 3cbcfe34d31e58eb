import { freePort } from '../helpers/free-port.js'
import type { Desk } from './driver.js'

/** What a user does more than once, by role and accessible name. */

export async function openProfile({ page }: Desk, name: string): Promise<void> {
  await page
    .getByRole('list', { name: 'Profiles' })
    .getByRole('button', { name: new RegExp(`^${name}\\b`) })
    .first()
    .click()
  await page.getByRole('heading', { name, exact: true }).waitFor()
}

export async function generate({ page }: Desk): Promise<void> {
  await page.getByRole('button', { name: 'Generate token' }).click()
}

export async function statusIn({ page }: Desk, text: RegExp): Promise<void> {
  await page.getByRole('status').filter({ hasText: text }).first().waitFor()
}

/** The text of the failure that stands on the page. */
export async function alertIn({ page }: Desk): Promise<string> {
  const alert = page.getByRole('alert').filter({ hasText: /\S/ }).first()
  await alert.waitFor()
  return alert.innerText()
}

export async function pasteKey({ page }: Desk, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Paste key' }).click()
  await page.getByLabel('Private key', { exact: true }).fill(text)
  await page.getByRole('button', { name: 'Use this key' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** Chooses what the simulator does next. */
export async function setScenario({ page }: Desk, scenario: string): Promise<void> {
  await page.getByLabel('Scenario', { exact: true }).selectOption(scenario)
}

/** Sets the token server's port, by the settings, to one that nobody holds. */
export async function serveOnFreePort({ page }: Desk): Promise<number> {
  const port = await freePort()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByLabel('Port of the token server', { exact: true }).fill(String(port))
  await page.getByLabel('Port of the token server', { exact: true }).blur()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  return port
}

/** Switches the chosen profile on, which shows its secret. */
export async function serveProfile({ page }: Desk): Promise<string> {
  await page.getByRole('region', { name: 'Token server' }).getByRole('checkbox').click()
  const dialog = page.getByRole('dialog', { name: /^Secret for/ })
  return (await dialog.locator('.secret-text').innerText()).trim()
}
