import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { freePort } from '../../helpers/free-port.js'
import { profileInput } from '../../helpers/profile-input.js'
import * as electron from '../../helpers/recording-electron.js'

/** The built main, started as the command line starts it. */
vi.mock('electron', () => import('../../helpers/recording-electron.js'))

const run = (name: string, ...argv: string[]) =>
  Reflect.apply(electron.appEvents.get(name) as () => unknown, undefined, [{}, argv, '/'])
const argv = process.argv

let port: number
const listens = () =>
  fetch(`http://127.0.0.1:${port}/healthz`).then(
    () => true,
    () => false,
  )

beforeAll(async () => {
  port = await freePort()
  const files = {
    profiles: { profiles: [{ ...profileInput(), id: 'p' }] },
    'token-server': { profiles: { p: { served: true, environment: 'demo', secretHash: 'a'.repeat(64) } } },
    settings: { serverPort: port },
  }
  for (const [name, document] of Object.entries(files)) {
    const text = JSON.stringify({ schemaVersion: 1, ...document })
    writeFileSync(join(electron.app.getPath(), `${name}.json`), text, { mode: 0o600 })
  }
  process.env.XDG_RUNTIME_DIR = mkdtempSync(join(tmpdir(), 'run-'))
  process.argv = [...argv, '--hidden']
  await import(/* @vite-ignore */ join(resolve(import.meta.dirname, '..', '..', '..'), 'out', 'main', 'index.js'))
  await vi.waitFor(() => expect(electron.appEvents.has('will-quit')).toBe(true), 10_000)
})
afterAll(() => {
  process.argv = argv
  run('will-quit')
})

it('opens no window, and answers the command line', () => {
  expect(electron.windows).toHaveLength(0)
  expect(readFileSync(join(electron.app.getPath(), 'command-line.json'), 'utf8')).toContain('"secret"')
})
it('does not open the token server, which nobody would see', async () => {
  expect(await listens()).toBe(false)
})
it('opens none at a second start like it, and one at a start by the user', () => {
  run('second-instance', 'token-desk', '--hidden')
  expect(electron.windows).toHaveLength(0)
  run('second-instance', 'token-desk')
  expect(electron.windows).toHaveLength(1)
})
it('opens the token server with the window', async () => {
  await expect.poll(listens).toBe(true)
})
