import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { openSettingsStore } from '../../../src/main/platform/settings-store.js'

const now = new Date('2026-01-02T03:04:05.678Z')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-desk-settings-'))
})
const file = () => join(folder, 'settings.json')

it('settings are there again, in a file of the owner’s alone', () => {
  openSettingsStore(folder, now).store.write({ colour: 'blue' })
  const { store, setAside } = openSettingsStore(folder, now)
  expect([store.read(), setAside]).toEqual([{ colour: 'blue' }, null])
  if (process.platform !== 'win32') expect(statSync(file()).mode & 0o777).toBe(0o600)
})
it.each(['', '{"a":', '[]', '"x"', '{"a":1}\0\0\0'])('a damaged file (%j) is set aside and named', (text) => {
  writeFileSync(file(), text)
  const { store, setAside } = openSettingsStore(folder, now)
  expect(store.read()).toEqual({})
  expect(readdirSync(folder)).toContain(setAside)
  expect(readFileSync(join(folder, setAside ?? ''), 'utf8')).toBe(text)
})
