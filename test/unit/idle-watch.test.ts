import { expect, it } from 'vitest'
import { watchIdle } from '../../src/main/core/idle-watch.js'
import { FakeClock } from '../helpers/fake-clock.js'

const HOUR_MS = 3_600_000

function watched() {
  const clock = new FakeClock()
  const state = { mayEnd: true, idleMs: HOUR_MS, ends: 0 }
  const watch = watchIdle({
    clock,
    idleMs: () => state.idleMs,
    mayEnd: () => state.mayEnd,
    end: () => {
      state.ends += 1
    },
  })
  /** In steps, as time passes. */
  const pass = async (ms: number) => {
    for (let leftMs = ms; leftMs > 0; leftMs -= 10_000) await clock.advance(Math.min(leftMs, 10_000))
    return state.ends > 0
  }
  return { clock, state, watch, pass }
}

it('what nobody has used for long enough ends, and not while it is needed', async () => {
  const { state, watch, pass } = watched()
  state.mayEnd = false
  expect(await pass(2 * HOUR_MS)).toBe(false)
  state.mayEnd = true
  expect(await pass(HOUR_MS - 60_000)).toBe(false)
  watch.touch()
  expect(watch.leftMs()).toBe(HOUR_MS)
  expect(await pass(HOUR_MS - 60_000)).toBe(false)
  expect(await pass(60_000)).toBe(true)
  watch.stop()
})
it('the time is taken as it is set now', async () => {
  const { state, watch, pass } = watched()
  expect(await pass(HOUR_MS / 2)).toBe(false)
  state.idleMs = HOUR_MS / 4
  expect(await pass(30_000)).toBe(true)
  watch.stop()
})
it('time asleep counts', async () => {
  const { clock, watch, pass } = watched()
  clock.suspend(HOUR_MS)
  expect(watch.leftMs()).toBe(0)
  expect(await pass(30_000)).toBe(true)
  watch.stop()
})
it('what was stopped neither ends nor leaves a timer', async () => {
  const { clock, watch, pass } = watched()
  watch.stop()
  expect(await pass(2 * HOUR_MS)).toBe(false)
  expect(clock.sleeping).toBe(0)
})
