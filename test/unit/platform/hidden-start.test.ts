import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import * as electron from '../../helpers/recording-electron.js'

/** The built main, started as the command line starts it. */
vi.mock('electron', () => import('../../helpers/recording-electron.js'))

const run = (name: string, ...argv: string[]) =>
  Reflect.apply(electron.appEvents.get(name) as () => unknown, undefined, [{}, argv, '/'])
const argv = process.argv

beforeAll(async () => {
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
it('opens none at a second start like it, and one at a start by the user', () => {
  run('second-instance', 'token-desk', '--hidden')
  expect(electron.windows).toHaveLength(0)
  run('second-instance', 'token-desk')
  expect(electron.windows).toHaveLength(1)
})
