import { describe, expect, it } from 'vitest'
import { createKeyUse } from '../../src/main/core/key-use.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { MemoryStore } from '../helpers/memory-store.js'

describe('a key’s last use', () => {
  it('is known after a restart, and forgotten with the key', () => {
    const store = new MemoryStore()
    const clock = new FakeClock()
    const use = createKeyUse(store, clock, () => {})
    use.note('k')
    const { wallMs } = clock.read()
    expect(createKeyUse(store, clock, () => {}).lastUsedAtMs('k')).toBe(wallMs)
    use.forget('k')
    expect(createKeyUse(store, clock, () => {}).lastUsedAtMs('k')).toBeNull()
  })
  it('is written and told once a minute at most', async () => {
    const store = new MemoryStore()
    const clock = new FakeClock()
    let told = 0
    const use = createKeyUse(store, clock, () => {
      told += 1
    })
    for (let count = 0; count < 5; count += 1) use.note('k')
    expect([store.writes, told]).toEqual([1, 1])
    await clock.advance(60_000)
    use.note('k')
    expect([store.writes, told]).toEqual([2, 2])
  })
  it('is known until the app ends where the disk refuses', () => {
    const store = new MemoryStore()
    store.full = true
    const use = createKeyUse(store, new FakeClock(), () => {})
    use.note('k')
    expect(use.lastUsedAtMs('k')).not.toBeNull()
  })
  it('that makes no sense in the file counts as none', () => {
    const use = createKeyUse(new MemoryStore({ a: 'x', b: -1, c: null }), new FakeClock(), () => {})
    expect(['a', 'b', 'c', 'constructor'].map((id) => use.lastUsedAtMs(id))).toEqual([null, null, null, null])
  })
})
