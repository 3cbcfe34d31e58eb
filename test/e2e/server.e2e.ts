import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findElectron } from '../../tools/electron-binary.js'
import { type Desk, startDesk } from './driver.js'
import { startProductionDesk } from './production-desk.js'
import { alertIn, openProfile, serveOnFreePort, serveProfile, setScenario, statusIn } from './steps.js'

let desk: Desk
let port: number
let secret: string
const card = ({ page }: Desk = desk) => page.getByRole('region', { name: 'Token server' })
const ask = (given = secret) =>
  fetch(`http://127.0.0.1:${port}/docusignAuthkey`, { headers: { Authorization: `Bearer ${given}` } })
const reachable = () =>
  ask().then(
    () => true,
    () => false,
  )

beforeAll(async () => {
  desk = await startDesk()
  await openProfile(desk, 'Simulator')
  port = await serveOnFreePort(desk)
})
afterAll(() => desk.quit())

it('is off at first', async () => {
  expect(await card().getByRole('checkbox').isChecked()).toBe(false)
  expect(await reachable()).toBe(false)
})

it('a switch makes a secret, shown once and copied like a token, and gives live tokens from then on', async () => {
  const { page } = desk
  secret = await serveProfile(desk)
  expect(secret).toMatch(/^tdk_[\w-]{43}$/)
  await page.getByRole('button', { name: 'Copy secret' }).click()
  await expect.poll(() => desk.clipboard()).toBe(secret)
  await page.getByRole('button', { name: 'Copy curl' }).click()
  await expect
    .poll(() => desk.clipboard())
    .toBe(`echo "Authorization: Bearer ${secret}" |\n  curl --header @- http://127.0.0.1:${port}/docusignAuthkey\n`)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await page.content()).not.toContain(secret)
  const answer = await ask()
  expect(await answer.json()).toMatchObject({ success: true, profile: 'Simulator', token: expect.any(String) })
  await page.getByText(`Token server on port`).waitFor()
})

it('what is copied later holds the secret no more', async () => {
  await card().getByRole('button', { name: 'Postman environment' }).click()
  await statusIn(desk, /Postman environment copied/)
  const text = await desk.clipboard()
  expect(text).not.toContain(secret)
  expect(JSON.parse(text)).toMatchObject({ _postman_variable_scope: 'environment' })
})

it('says to the client and in the activity what went wrong', async () => {
  await setScenario(desk, 'consent-required')
  // A live token is served on; a changed profile has none.
  await desk.page.getByRole('button', { name: 'Generate token' }).click()
  await alertIn(desk)
  await setScenario(desk, 'normal')
  expect((await ask('wrong')).status).toBe(401)
  await desk.page.getByRole('button', { name: 'Activity' }).click()
  await desk.page.getByRole('row').filter({ hasText: 'secret_wrong' }).waitFor()
  await desk.page.getByRole('row').filter({ hasText: 'Token server' }).filter({ hasText: 'OK' }).first().waitFor()
  await desk.page.getByRole('button', { name: 'Close' }).click()
})

it('a new secret puts an end to the old one', async () => {
  await card().getByRole('button', { name: 'New secret' }).click()
  await desk.page.getByRole('alertdialog').getByRole('button', { name: 'Make new secret' }).click()
  const next = (await desk.page.locator('.secret-text').innerText()).trim()
  await desk.page.getByRole('button', { name: 'Done' }).click()
  expect((await ask(secret)).status).toBe(401)
  secret = next
  expect((await ask()).status).toBe(200)
})

it('is stopped and started by hand, and offers another port where its own is held', async () => {
  await card().getByRole('button', { name: 'Stop server' }).click()
  await card().getByRole('button', { name: 'Start server' }).waitFor()
  expect(await reachable()).toBe(false)
  const other = createServer((_request, response) => response.end('another program'))
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
  await card().getByRole('button', { name: 'Start server' }).click()
  await card().getByText('port_taken').waitFor()
  const offer = card().getByRole('button', { name: /^Use port \d+$/ })
  const offered = Number(/\d+/.exec(await offer.innerText())?.[0])
  await offer.click()
  await card().getByText(`:${offered}/docusignAuthkey`).waitFor()
  await new Promise((resolve) => other.close(resolve))
  port = offered
  expect((await ask()).status).toBe(200)
})

it('runs again after a restart of the app, with the same secret, on the same port', async () => {
  const { userData } = desk
  await desk.quit()
  const written = readdirSync(userData, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
  expect(written.length).toBeGreaterThan(3)
  for (const text of [...written, desk.output()]) expect(text).not.toContain(secret)
  expect(await reachable()).toBe(false)
  desk = await startDesk(userData)
  await openProfile(desk, 'Simulator')
  await card().getByText(`:${port}/docusignAuthkey`).waitFor()
  expect((await ask()).status).toBe(200)
})

it('is off again once no profile is switched on', async () => {
  await card().getByRole('checkbox').click()
  await statusIn(desk, /No longer served/)
  expect(await reachable()).toBe(false)
})

it.skipIf(findElectron(process.cwd()) !== null)('production waits for its own switch', async () => {
  const live = await startProductionDesk()
  const { page } = live
  await serveOnFreePort(live)
  await card(live).getByRole('checkbox').click()
  await card(live).getByText('production_not_served').waitFor()
  await page.getByRole('button', { name: 'Open settings' }).click()
  await page.getByLabel('Hand production tokens to other programs').check()
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await serveProfile(live)).toMatch(/^tdk_/)
  await live.quit()
})
