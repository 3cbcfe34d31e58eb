import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import * as electron from '../../helpers/recording-electron.js'

/** The built main, told by Electron that somebody started the app again. */
vi.mock('electron', () => import('../../helpers/recording-electron.js'))

const run = (name: string, ...argv: string[]) =>
  Reflect.apply(electron.appEvents.get(name) as () => unknown, undefined, [{}, argv, '/'])

beforeAll(async () => {
  const builtMain = join(resolve(import.meta.dirname, '..', '..', '..'), 'out', 'main', 'index.js')
  await import(/* @vite-ignore */ builtMain)
  await vi.waitFor(() => expect(electron.windows).toHaveLength(1))
})
afterAll(async () => {
  // Registered once the app is up: it stops the simulator.
  await vi.waitFor(() => expect(electron.appEvents.has('will-quit')).toBe(true), 10_000)
  run('will-quit')
})

it.each([
  ['minimized', true, ['restore', 'show', 'focus']],
  ['behind others', false, ['show', 'focus']],
])('a second start brings up the one window, which is %s', (_where, minimized, asked) => {
  const [window] = electron.windows
  if (!window) throw new Error('no window')
  window.minimized = minimized
  window.asked.length = 0
  run('second-instance')
  expect(window.asked).toEqual(asked)
  expect(electron.windows).toHaveLength(1)
})

it('a second start of the command line’s leaves the window where it is', () => {
  const [window] = electron.windows
  if (!window) throw new Error('no window')
  window.asked.length = 0
  run('second-instance', 'token-desk', '--hidden')
  expect(window.asked).toEqual([])
  expect(electron.windows).toHaveLength(1)
})
