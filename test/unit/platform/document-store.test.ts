import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openDocumentStore } from '../../../src/main/platform/document-store.js'
import { codeOf } from '../../helpers/errors.js'

let folder: string
const now = new Date('2026-11-23T10:20:30.400Z')
const open = () => openDocumentStore(folder, 'profiles', now)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-desk-test-'))
})

describe('a document on disk', () => {
  it('comes back after a restart, readable by its owner alone', () => {
    open().store.write({ schemaVersion: 1, deep: { 'a.b': [1] } })
    expect(open().store.read()).toEqual({ schemaVersion: 1, deep: { 'a.b': [1] } })
    if (process.platform !== 'win32') expect(statSync(join(folder, 'profiles.json')).mode & 0o777).toBe(0o600)
  })
  it.each([
    ['half written', '{"profiles": [{"na'],
    ['empty', ''],
    ['binary', '\u0000\u0001\u0002'],
    ['no object', '[1,2]'],
    ['a number', '5'],
  ])('that is %s is set aside under a dated name, not erased', (_name, content) => {
    writeFileSync(join(folder, 'profiles.json'), content)
    const { store, setAside } = open()
    expect(setAside).toBe('profiles.json.corrupt-2026-11-23T10-20-30-400Z')
    expect(readFileSync(join(folder, setAside ?? ''), 'utf8')).toBe(content)
    expect(store.read()).toEqual({})
    store.write({ fresh: true })
    expect(readdirSync(folder)).toHaveLength(2)
  })
  it('that cannot be written is reported, and what is read stays true', async () => {
    const { store } = open()
    store.write({ a: 1 })
    // Root may write anywhere, so a file in the folder's place stands in for a disk that refuses.
    rmSync(folder, { recursive: true })
    writeFileSync(folder, '')
    expect(await codeOf(() => store.write({ b: 2 }))).toBe('save_failed')
    expect(store.read()).toEqual({ a: 1 })
  })
})
