import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/main/core/ports.js'
import { createHeldSecret } from '../../src/main/desk/held-secret.js'
import { FakeClock, settle } from '../helpers/fake-clock.js'

describe('a secret that was just made', () => {
  it('is held for its profile until it was seen, or another one is made', () => {
    const held = createHeldSecret(new FakeClock())
    held.hold('a', 'one')
    expect([held.of('a'), held.of('b')]).toEqual(['one', null])
    held.forget('b')
    expect(held.of('a')).toBe('one')
    held.forget('a')
    expect(held.of('a')).toBeNull()
    held.hold('a', 'two')
    held.hold('b', 'three')
    expect([held.of('a'), held.of('b')]).toEqual([null, 'three'])
    held.forgetAll()
    expect(held.of('b')).toBeNull()
  })
  it('is dropped by a timer, whether or not anybody asks for it', async () => {
    const wakes: (() => void)[] = []
    // A clock whose hands stand still: only the timer can tell that the time is over.
    const still: Clock = {
      read: () => ({ wallMs: 0, monotonicMs: 0 }),
      sleep: (ms) =>
        new Promise((resolve) => {
          expect(ms).toBe(600_000)
          wakes.push(resolve)
        }),
    }
    const held = createHeldSecret(still)
    held.hold('a', 'one')
    expect(held.of('a')).toBe('one')
    for (const wake of wakes) wake()
    await settle()
    expect(held.of('a')).toBeNull()
  })
  it('of a later one is not dropped by the timer of an earlier one', async () => {
    const clock = new FakeClock()
    const held = createHeldSecret(clock)
    held.hold('a', 'one')
    await clock.advance(500_000)
    held.hold('a', 'two')
    await clock.advance(200_000)
    expect(held.of('a')).toBe('two')
    await clock.advance(400_000)
    expect(held.of('a')).toBeNull()
    expect(clock.sleeping).toBe(0)
  })
  it('is gone also where the computer slept through that time', () => {
    const clock = new FakeClock()
    const held = createHeldSecret(clock)
    held.hold('a', 'one')
    clock.suspend(600_000)
    expect(held.of('a')).toBeNull()
  })
})
