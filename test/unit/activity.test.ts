import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createActivity, ROOM } from '../../src/main/core/activity.js'
import { activityText } from '../../src/main/core/activity-file.js'
import { isTraceToken } from '../../src/main/core/answer-text.js'
import { deskError } from '../../src/main/core/desk-error.js'
import type { ActivityEntry } from '../../src/shared/views.js'
import { codeOf } from '../helpers/errors.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { MemoryStore } from '../helpers/memory-store.js'

const about = { kind: 'token', environment: 'demo', profile: 'QA' } as const
const TRACE = '01234567-89ab-cdef-0123-456789abcdef'
const fill = async (activity: ReturnType<typeof createActivity>, count: number) => {
  for (let made = 0; made < count; made += 1) await activity.track(about, async () => ({ traceToken: null }))
}

describe('the ledger', () => {
  it('tells what succeeded and what failed, how long it took and its trace token, newest first', async () => {
    const clock = new FakeClock()
    const activity = createActivity(new MemoryStore(), clock, () => {})
    await activity.track(about, async () => {
      await clock.advance(120)
      return { traceToken: TRACE }
    })
    const refusal = deskError('consent_required', { traceToken: TRACE })
    expect(await codeOf(() => activity.track(about, () => Promise.reject(refusal)))).toBe('consent_required')
    expect(activity.list()).toMatchObject([
      { outcome: 'consent_required', durationMs: 0, traceToken: TRACE, profile: 'QA' },
      { outcome: 'ok', durationMs: 120, traceToken: TRACE, environment: 'demo' },
    ])
  })
  it('is capped', async () => {
    const activity = createActivity(new MemoryStore(), new FakeClock(), () => {})
    await fill(activity, ROOM.requests + 3)
    expect(activity.list()).toHaveLength(ROOM.requests)
  })
  it('writes a burst once, and is there after a restart', async () => {
    const store = new MemoryStore()
    const clock = new FakeClock()
    const activity = createActivity(store, clock, () => {})
    await fill(activity, 5)
    expect(store.writes).toBe(0)
    await clock.advance(1000)
    expect(store.writes).toBe(1)
    await fill(activity, 1)
    activity.flush()
    activity.flush()
    expect(store.writes).toBe(2)
    expect(createActivity(store, clock, () => {}).list()).toHaveLength(6)
  })
  it('takes a run of like calls of other programs as one entry, told of now and then', async () => {
    const clock = new FakeClock()
    const store = new MemoryStore()
    let told = 0
    const activity = createActivity(store, clock, () => {
      told += 1
    })
    const profile = { environment: 'demo', name: 'QA' } as const
    const call = { kind: 'token-server', profile, outcome: 'ok', durationMs: 1.2 } as const
    for (let made = 0; made < 1000; made += 1) activity.count({ ...call, durationMs: made === 7 ? 90 : 1 })
    activity.count({ ...call, profile: null, outcome: 'secret_wrong' })
    activity.count({ ...call, kind: 'command-line' })
    activity.count(call)
    expect(activity.list()).toMatchObject([
      { kind: 'command-line', profile: 'QA', outcome: 'ok' },
      { kind: 'token-server', profile: '', environment: null, outcome: 'secret_wrong' },
      { kind: 'token-server', profile: 'QA', outcome: 'ok', calls: 1001, durationMs: 90 },
    ])
    expect(told).toBe(0)
    await clock.advance(1000)
    expect(told).toBe(1)
    await clock.advance(60_000)
    activity.count(call)
    expect(activity.list()).toHaveLength(4)
    activity.flush()
    expect(createActivity(store, clock, () => {}).list()).toEqual(activity.list())
  })
  describe('under a flood of calls', () => {
    const profile = { environment: 'demo', name: 'QA' } as const
    const served = { kind: 'token-server', profile, outcome: 'ok', durationMs: 1 } as const
    const refusals = [
      'host_refused',
      'origin_refused',
      'method_refused',
      'request_too_large',
      'request_unreadable',
      'secret_wrong',
      'too_many_calls',
      'route_unknown',
      'profile_not_served',
      'internal',
    ] as const
    /** All the ways to be refused in turn, again and again, for hours. */
    function flood(
      activity: ReturnType<typeof createActivity>,
      clock: FakeClock,
      profileOfCall: typeof profile | null,
    ) {
      for (let minute = 0; minute < 4 * 60; minute += 1) {
        for (let round = 0; round < 3; round += 1)
          for (const outcome of refusals) activity.count({ ...served, profile: profileOfCall, outcome })
        clock.setWall(60_000)
      }
    }

    it('of a busy client, those for another profile stay', () => {
      const clock = new FakeClock()
      const activity = createActivity(new MemoryStore(), clock, () => {})
      const live = { ...served, profile: { environment: 'production', name: 'Live' } } as const
      activity.count(live)
      for (let minute = 0; minute < 2 * ROOM.answered; minute += 1) {
        activity.count(served)
        clock.setWall(60_000)
      }
      expect(activity.list().filter(({ profile: name }) => name === 'Live')).toHaveLength(1)
      expect(activity.list()).toHaveLength(ROOM.answered)
    })
    it('counts those that alternate, however many kinds of them there are', () => {
      const activity = createActivity(new MemoryStore(), new FakeClock(), () => {})
      for (let made = 0; made < 1000; made += 1)
        for (const outcome of refusals) activity.count({ ...served, profile: null, outcome })
      expect(activity.list()).toHaveLength(refusals.length)
      expect(activity.list().map(({ calls }) => calls)).toEqual(refusals.map(() => 1000))
    })
    it.each([
      ['without a secret', null],
      ['with one', profile],
    ] as const)('keeps what was asked of Docusign, and who was answered, whoever floods it %s', async (_who, whose) => {
      const clock = new FakeClock()
      const store = new MemoryStore()
      const activity = createActivity(store, clock, () => {})
      await fill(activity, ROOM.requests)
      for (let minute = 0; minute < ROOM.answered; minute += 1) {
        activity.count(served)
        await clock.advance(60_000)
      }
      const before = activity.list()
      activity.count({ ...served, outcome: 'production_not_served' })
      flood(activity, clock, whose)
      const after = activity.list()
      expect(after.filter((entry) => before.includes(entry))).toEqual(before)
      // A refusal of another kind keeps its place, too, and so do the latest of the flood.
      expect(after.some(({ outcome }) => outcome === 'production_not_served')).toBe(true)
      expect(after.length - before.length).toBe(ROOM.others)
      activity.flush()
      expect(createActivity(store, clock, () => {}).list()).toEqual(after)
    })
  })
  it('is not claimed cleared when the disk refuses', async () => {
    const store = new MemoryStore()
    const activity = createActivity(store, new FakeClock(), () => {})
    await fill(activity, 1)
    store.full = true
    expect(await codeOf(() => activity.clear())).toBe('save_failed')
    expect(activity.list()).toHaveLength(1)
    store.full = false
    activity.clear()
    expect(activity.list()).toEqual([])
  })
  it('takes only entries from its file', () => {
    const entry = { ...about, atMs: 1, outcome: 'ok', durationMs: 1, traceToken: null }
    const odd = [{ ...entry, traceToken: 'Bearer eyJ0' }, { ...entry, environment: 'moon' }, null, 'x', 5]
    const activity = createActivity(new MemoryStore({ entries: [...odd, entry] }), new FakeClock(), () => {})
    expect(activity.list()).toEqual([entry])
    expect(createActivity(new MemoryStore({ entries: 'x' }), new FakeClock(), () => {}).list()).toEqual([])
  })
})

it('a trace token is a GUID, and nothing else is repeated as one', () => {
  expect(isTraceToken(TRACE)).toBe(true)
  for (const other of ['', `${TRACE}\n`, 'eyJ0.eyJ1.x', null, 7]) expect(isTraceToken(other)).toBe(false)
})

describe('as a file', () => {
  const entry: ActivityEntry = { ...about, atMs: 0, outcome: 'ok', durationMs: 7, traceToken: TRACE }

  it('is CSV or JSON with the same columns', () => {
    expect(activityText([entry], 'csv')).toBe(
      `time,kind,environment,profile,outcome,durationMs,traceToken,calls\r\n1970-01-01T00:00:00.000Z,token,demo,QA,ok,7,${TRACE},1\r\n`,
    )
    expect(JSON.parse(activityText([entry], 'json'))).toEqual([
      { ...about, time: '1970-01-01T00:00:00.000Z', outcome: 'ok', durationMs: 7, traceToken: TRACE, calls: 1 },
    ])
  })
  it('keeps a profile’s name in its cell, and lets no spreadsheet compute it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (profile) => {
        const csv = activityText([{ ...entry, profile }], 'csv')
        expect(readCsv(csv)[1]?.[3]).toBe(/^[=+\-@\t\r]/.test(profile) ? `'${profile}` : profile)
      }),
    )
  })
})

/** RFC 4180, the other way round. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '\r\n') rows.push([])
  }
  return rows
}
