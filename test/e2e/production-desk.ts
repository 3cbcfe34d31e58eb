import { randomUUID } from 'node:crypto'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { type Desk, startDeskAfter } from './driver.js'
import { generate, pasteKey, statusIn } from './steps.js'

export const PRODUCTION_TOKEN = 'production-stand-in-'.repeat(30)
/** Answers in the production host's place, inside main, so that nothing leaves this computer. */
const STAND_IN = `
  const real = globalThis.fetch
  globalThis.fetch = async (url, init) =>
    String(url) === 'https://account.docusign.com/oauth/token'
      ? Response.json({ access_token: '${PRODUCTION_TOKEN}', token_type: 'Bearer', expires_in: 3600 })
      : real(url, init)
`

/** A desk with a production profile, `Live`, that holds a live token. The browser host only. */
export async function startProductionDesk(): Promise<Desk> {
  const desk = await startDeskAfter(STAND_IN)
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
  return desk
}
