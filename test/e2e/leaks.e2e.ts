import { type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Api, EVENT_NAMES } from '../../src/shared/contract.js'
import { findElectron } from '../../tools/electron-binary.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { createBridgeTap } from './bridge-tap.js'
import { type Desk, startDesk, startDeskAfter } from './driver.js'
import { generate, openProfile, pasteKey, statusIn } from './steps.js'

/** Stands in Docusign's place, remembers each assertion it was sent, and answers as it is told. */
const assertions: string[] = []
const tokens: string[] = []
/** What user info was asked with. */
const bearers: string[] = []
const canary = `canary-${randomUUID()}`
const passphrase = `passphrase-${randomUUID()}`
let refuse = false
let server: Server
let desk: Desk
/** In Electron nothing outside main sees all of its IPC; the handlers that answer are the same built ones. */
const tap = findElectron(process.cwd()) === null ? createBridgeTap() : null

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
  desk = tap ? await startDeskAfter(tap.module) : await startDesk()
})
afterAll(async () => {
  // Once it is gone this does nothing; where the test failed before its end, it is still there.
  await desk.quit().catch(() => {})
  server.close()
  tap?.remove()
})

/** The parts of a private key that make it one, in the forms in which they could pass for something else. */
function secretsOf(privateKey: KeyObject): string[] {
  const lines = pkcs1Pem(privateKey)
    .split('\n')
    .filter((line) => line.length === 64)
  const { d = '', p = '', q = '' } = privateKey.export({ format: 'jwk' })
  const numbers = [d, p, q].map((number) => Buffer.from(number, 'base64url'))
  return [...lines, ...numbers.flatMap(encodingsOf)]
}
function encodingsOf(bytes: Buffer): string[] {
  // Base64 looks different according to where among three octets it begins.
  const aligned = [0, 1, 2].map((skip) => bytes.subarray(skip, skip + 3 * Math.floor((bytes.length - skip) / 3)))
  return [bytes.toString('hex'), ...aligned.flatMap((part) => [part.toString('base64'), part.toString('base64url')])]
}

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
  const { privateKey } = makeRsa()
  const keySecrets = secretsOf(privateKey)
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
      ...keySecrets,
      passphrase,
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
  await pasteKey(desk, pkcs1Pem(privateKey))
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
  await desk.page.getByText('grant_rejected').waitFor()
  await look('request refused')
  expect(assertions).toHaveLength(2)

  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByLabel('Ask each time before a production token is copied or revealed').check()
  await page.getByRole('button', { name: 'Close' }).click()
  // Where the computer protects nothing: then the key goes to disk now.
  const protect = page.getByRole('button', { name: 'Set a passphrase' })
  if (await protect.isVisible()) {
    await protect.click()
    await page.getByLabel('Passphrase', { exact: true }).fill(passphrase)
    await page.getByLabel('Repeat passphrase').fill(passphrase)
    await page.getByRole('button', { name: 'Protect keys' }).click()
    await statusIn(desk, /sealed with your passphrase/)
  }
  await look('key sealed')

  if (tap) {
    const crossings = tap.crossings()
    for (const { kind, name, text } of crossings) {
      if (name !== 'tokens:reveal') search('on the bridge', { [`${kind} ${name}`]: text })
    }
    // It heard what it is to search, and the one place where a token belongs has it.
    const heard = new Set(crossings.map(({ kind, name }) => `${kind} ${name}`))
    for (const call of ['profiles:list', 'profiles:save', 'keys:stage', 'tokens:get', 'tokens:copy', 'app:info'])
      expect(heard).toContain(`answer ${call}`)
    for (const event of EVENT_NAMES) expect(heard).toContain(`event ${event}`)
    const revealed = crossings.filter(({ name }) => name === 'tokens:reveal')
    expect(revealed.map(({ text }) => text.includes(tokens[0] ?? ''))).toEqual([true])
  }
  await desk.quit()
  search('after the end', { output: desk.output(), 'data folder': filesBelow(desk.userData) })
  expect(found).toEqual([])
})
