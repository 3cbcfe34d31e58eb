import { randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Api } from '../../src/shared/contract.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { type Desk, startDesk } from './driver.js'
import { alertIn, generate, openProfile, pasteKey, statusIn } from './steps.js'

/** Stands in Docusign's place, remembers each assertion it was sent, and answers as it is told. */
const assertions: string[] = []
const tokens: string[] = []
/** What user info was asked with. */
const bearers: string[] = []
const canary = `canary-${randomUUID()}`
let refuse = false
let server: Server
let desk: Desk

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    if (request.url === '/oauth/userinfo') {
      bearers.push(request.headers.authorization ?? '')
      return response.writeHead(401).end(JSON.stringify({ error: canary, reference_id: canary }))
    }
    assertions.push(new URLSearchParams(body).get('assertion') ?? '')
    response.setHeader('Content-Type', 'application/json')
    if (refuse)
      return response.writeHead(400).end(JSON.stringify({ error: 'invalid_grant', error_description: canary }))
    const token = randomBytes(300).toString('base64url')
    tokens.push(token)
    response.end(JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: 3600 }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  desk = await startDesk()
})
afterAll(async () => {
  // Once it is gone this does nothing; where the test failed before its end, it is still there.
  await desk.quit().catch(() => {})
  server.close()
})

/** Texts of every file below a folder; what cannot be read as it changes is not there. */
function filesBelow(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readOrNothing(join(entry.parentPath, entry.name)))
    .join('\n')
}
function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
/** Arguments and environment of every process on this machine, where the system shows them. */
function processes(): string {
  if (process.platform !== 'linux') return ''
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  return ids.map((id) => readOrNothing(`/proc/${id}/cmdline`) + readOrNothing(`/proc/${id}/environ`)).join('\n')
}
/** What main answers to every question that the window may ask without changing anything. */
function answers(): Promise<string> {
  return desk.page.evaluate(async () => {
    const { api } = globalThis as unknown as { api: Api }
    const list = await api['profiles:list']()
    const ids = list.ok ? list.value.profiles.map(({ id }) => id) : []
    const statuses = await Promise.all(ids.map((profileId) => api['tokens:status']({ profileId })))
    const consents = await Promise.all(ids.map((profileId) => api['consent:status']({ profileId })))
    return JSON.stringify([list, statuses, consents, await api['app:info']()])
  })
}

it('no key, assertion or token is anywhere but where it belongs, over a whole session', async () => {
  const { page } = desk
  const pem = pkcs1Pem(makeRsa().privateKey)
  const keyLines = pem.split('\n').filter((line) => line.length === 64)
  const found: string[] = []

  /** `shown` may stand in the page: the user asked to see it. */
  async function look(when: string, shown?: string): Promise<void> {
    const places = {
      page: await page.content(),
      address: page.url(),
      answers: await answers(),
      output: desk.output(),
      'data folder': filesBelow(desk.userData),
      processes: processes(),
    }
    search(when, places, shown)
  }
  function search(when: string, places: Record<string, string>, shown?: string): void {
    const secrets = [
      ...keyLines,
      ...tokens,
      ...assertions,
      ...assertions.flatMap((text) => text.split('.').slice(2)),
      canary,
    ]
    for (const [place, text] of Object.entries(places)) {
      const leaked = secrets.filter(
        (secret) => secret !== '' && text.includes(secret) && !(place === 'page' && secret === shown),
      )
      if (leaked.length > 0) found.push(`${when}: ${leaked.length} in ${place}`)
    }
  }

  await page.getByRole('button', { name: 'New profile' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Canary')
  await page.getByLabel('Environment', { exact: true }).selectOption('custom')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  await page.getByLabel('OAuth host', { exact: true }).fill(host)
  await page.getByLabel('REST base path', { exact: true }).fill(`http://${host}/restapi`)
  await page.getByLabel('Integration key', { exact: true }).fill(randomUUID())
  await page.getByLabel('User ID', { exact: true }).fill(randomUUID())
  await pasteKey(desk, pem)
  await look('key pasted')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await statusIn(desk, /Profile saved/)
  await look('profile saved')

  await openProfile(desk, 'Canary')
  await generate(desk)
  await statusIn(desk, /Token generated/)
  expect(tokens).toHaveLength(1)
  await look('token generated')

  // It went where it came from, once; the refusal is told in our words.
  await page.getByText('token_refused').waitFor()
  await page.getByRole('button', { name: 'Try token' }).click()
  await page.getByText(/HTTP 401 in/).waitFor()
  expect(bearers).toEqual([`Bearer ${tokens[0]}`, `Bearer ${tokens[0]}`])
  await look('token tried')

  await page.getByRole('button', { name: 'Copy token' }).click()
  await statusIn(desk, /Token copied/)
  expect(await desk.clipboard()).toBe(tokens[0])
  await look('token copied')

  await page.getByRole('button', { name: 'Reveal token' }).click()
  await page.getByText(tokens[0] ?? '').waitFor()
  await look('token revealed', tokens[0])
  await page.getByRole('button', { name: 'Hide token' }).click()
  await look('token hidden')

  refuse = true
  await generate(desk)
  expect(await alertIn(desk)).toContain('grant_rejected')
  await look('request refused')
  expect(assertions).toHaveLength(2)

  await desk.quit()
  search('after the end', { output: desk.output(), 'data folder': filesBelow(desk.userData) })
  expect(found).toEqual([])
})
