import { expect, it } from 'vitest'
import { createProfiles } from '../../src/main/core/profiles.js'
import { leftText, trayProfiles } from '../../src/main/core/tray-menu.js'
import type { TokenStatus } from '../../src/shared/views.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { profileInput } from '../helpers/profile-input.js'

const status = (profileId: string, remainingMs: number | null) =>
  ({
    profileId,
    token: remainingMs === null ? null : { remainingMs },
    busy: false,
    error: null,
  }) as unknown as TokenStatus

it('lists live tokens first, says the environment in words, and how long is left', () => {
  const profiles = createProfiles(new MemoryStore())
  const demo = profiles.save(profileInput({ name: 'One' }))
  const live = profiles.save(profileInput({ name: 'Two', environment: 'production' }))
  const left = new Map([[live.id, 59 * 60_000 + 59_000]])
  expect(trayProfiles(profiles.list(), (id) => status(id, left.get(id) ?? null))).toEqual([
    { profileId: live.id, label: 'Two (Production) – 59 min left' },
    { profileId: demo.id, label: 'One (Demo)' },
  ])
})

it('stays a menu with a thousand profiles', () => {
  const profiles = createProfiles(new MemoryStore())
  for (let count = 0; count < 30; count += 1) profiles.save(profileInput({ name: `P${count}` }))
  expect(trayProfiles(profiles.list(), (id) => status(id, null))).toHaveLength(20)
})

it.each([
  [500, 'less than a minute left'],
  [60_000, '1 min left'],
  [119 * 60_000, '119 min left'],
  [8 * 3_600_000 - 1, '7 h left'],
])('%i ms are told as %s', (leftMs, text) => expect(leftText(leftMs)).toBe(text))
