import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createKeyVault } from '../../src/main/core/key-vault.js'
import { fingerprintOf } from '../../src/main/core/private-key.js'
import { openDocumentStore } from '../../src/main/platform/document-store.js'
import { FakeCipher } from '../helpers/fake-cipher.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { anyKey } from '../helpers/keys.js'

/** What a clock that is set between two runs does to what lies on disk. Tokens have their own tests: they never do. */

const folder = () => mkdtempSync(join(tmpdir(), 'token-desk-clock-'))

describe('keys in the vault', () => {
  const path = folder()
  const cipher = new FakeCipher()
  /** A run whose clock shows `wallMs`. */
  function run(wallMs: number) {
    const clock = new FakeClock()
    clock.setWall(wallMs - clock.read().wallMs)
    const { store } = openDocumentStore(path, 'vault', new Date(wallMs))
    return createKeyVault({ store, ciphers: [cipher], clock, platform: 'linux' })
  }
  const FUTURE_MS = Date.parse('2099-01-01T00:00:00Z')

  it.each([
    ['from the future', FUTURE_MS],
    ['of today', Date.parse('2026-01-01T00:00:00Z')],
    ['from the year 1970', 0],
  ])('%s open at any other time, and keep the time at which they were added', async (_name, addedAtMs) => {
    const { id } = await run(addedAtMs).put(anyKey(), 'demo')
    for (const nowMs of [0, addedAtMs, FUTURE_MS * 2]) {
      const vault = run(nowMs)
      expect(vault.view(id)).toMatchObject({ addedAtMs, protection: 'sealed' })
      expect(await vault.use(id, async (key) => fingerprintOf(key))).toBe(anyKey().fingerprint)
    }
  })
  it('keep it also when they are sealed anew, with the clock set back', async () => {
    const { id } = await run(FUTURE_MS).put(anyKey(), 'demo')
    const wrapped = () => JSON.parse(readFileSync(join(path, 'vault.json'), 'utf8')).keys[id].wrappedKey
    const before = wrapped()
    cipher.stale = true
    await run(0).use(id, async () => 1)
    cipher.stale = false
    expect(wrapped()).not.toBe(before)
    const vault = run(1)
    expect(vault.view(id)).toMatchObject({ addedAtMs: FUTURE_MS })
    expect(await vault.use(id, async (key) => fingerprintOf(key))).toBe(anyKey().fingerprint)
  })
})

describe('files set aside', () => {
  it('at the same time by the clock are all kept: it may have been set back', () => {
    const path = folder()
    const damaged = ['first {', 'second {', 'third {']
    const names = damaged.map((text) => {
      writeFileSync(join(path, 'vault.json'), text)
      return openDocumentStore(path, 'vault', new Date('2026-11-23T10:20:30.400Z')).setAside ?? ''
    })
    expect(names).toEqual([
      'vault.json.corrupt-2026-11-23T10-20-30-400Z',
      'vault.json.corrupt-2026-11-23T10-20-30-400Z-2',
      'vault.json.corrupt-2026-11-23T10-20-30-400Z-3',
    ])
    expect(names.map((name) => readFileSync(join(path, name), 'utf8'))).toEqual(damaged)
    expect(readdirSync(path)).toHaveLength(3)
  })
})
