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
