import { describe, expect, it } from 'vitest'
import { createProductionGuard } from '../../src/main/core/production-guard.js'
import { createSettings } from '../../src/main/core/settings.js'
import { SCHEMAS } from '../../src/main/ipc/schemas.js'
import { COPY_SHORTCUTS, DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings.js'
import { codeOf } from '../helpers/errors.js'
import { MemoryStore } from '../helpers/memory-store.js'

describe('settings', () => {
  it('begin with a minute for the clipboard, and one question a session', () => {
    expect(createSettings(new MemoryStore()).read()).toEqual(DEFAULT_SETTINGS)
    expect(DEFAULT_SETTINGS).toMatchObject({ clipboardClearAfterS: 60, confirmEachProductionCopy: false })
  })
  it('are there again, with a version of their own, and fields of a newer version survive', () => {
    const store = new MemoryStore({ colour: 'blue' })
    const chosen: Settings = {
      clipboardClearAfterS: null,
      confirmEachProductionCopy: true,
      copyShortcut: COPY_SHORTCUTS[0],
      keepInTray: true,
      startAtLogin: true,
      serveProduction: true,
      serverPort: 8001,
      serverIdleStopMin: 15,
    }
    createSettings(store).save(chosen)
    expect(store.document).toEqual({ colour: 'blue', schemaVersion: 1, ...chosen })
    expect(createSettings(store).read()).toEqual(chosen)
  })
  it.each([9, 601, 30.5, '60', -1, {}])('%j seconds in the file count as the default', (clipboardClearAfterS) => {
    expect(createSettings(new MemoryStore({ clipboardClearAfterS })).read().clipboardClearAfterS).toBe(60)
  })
  it.each([9, 601, 30.5, '60', undefined])('%j seconds from the window are refused', (clipboardClearAfterS) => {
    const input = { ...DEFAULT_SETTINGS, clipboardClearAfterS }
    expect(SCHEMAS['settings:save'].safeParse(input).success).toBe(false)
  })
  it.each([10, 600, null])('%j seconds from the window are taken', (clipboardClearAfterS) => {
    const input = { ...DEFAULT_SETTINGS, clipboardClearAfterS }
    expect(SCHEMAS['settings:save'].safeParse(input).success).toBe(true)
  })
  it.each([
    { serverPort: 0 },
    { serverPort: 65_536 },
    { serverPort: '8000' },
    { serverIdleStopMin: 0 },
    { serverIdleStopMin: null },
    { serveProduction: 'yes' },
  ])('%j counts as the default in the file and is refused from the window', (part) => {
    expect(createSettings(new MemoryStore(part)).read()).toEqual(DEFAULT_SETTINGS)
    expect(SCHEMAS['settings:save'].safeParse({ ...DEFAULT_SETTINGS, ...part }).success).toBe(false)
  })
  it('of a newer version are not written over, and a full disk changes nothing', async () => {
    const newer = new MemoryStore({ schemaVersion: 2 })
    expect(await codeOf(() => createSettings(newer).save(DEFAULT_SETTINGS))).toBe('save_failed')
    expect(newer.writes).toBe(0)
    const store = new MemoryStore()
    const settings = createSettings(store)
    store.full = true
    expect(await codeOf(() => settings.save({ ...DEFAULT_SETTINGS, clipboardClearAfterS: 10 }))).toBe('save_failed')
    expect(settings.read().clipboardClearAfterS).toBe(60)
  })
})

describe('the production guard', () => {
  let settings: Settings = DEFAULT_SETTINGS
  const makeGuard = (change: Partial<Settings> = {}) => {
    settings = { ...DEFAULT_SETTINGS, ...change }
    return createProductionGuard(() => settings)
  }
  it('asks once in a session', async () => {
    const guard = makeGuard()
    expect(await codeOf(() => guard.check('production', false))).toBe('confirmation_needed')
    expect(await codeOf(() => guard.check('production', false))).toBe('confirmation_needed')
    guard.check('production', true)
    guard.check('production', false)
  })
  it('asks each time where the setting says so, also when it is set later', async () => {
    const guard = makeGuard()
    guard.check('production', true)
    settings = { ...settings, confirmEachProductionCopy: true }
    expect(await codeOf(() => guard.check('production', false))).toBe('confirmation_needed')
    guard.check('production', true)
    expect(await codeOf(() => guard.check('production', false))).toBe('confirmation_needed')
  })
  it.each(['demo', 'custom', 'simulator'] as const)('%s never asks, nor counts as having been asked', async (other) => {
    const guard = makeGuard({ confirmEachProductionCopy: true })
    guard.check(other, false)
    guard.check(other, true)
    expect(await codeOf(() => guard.check('production', false))).toBe('confirmation_needed')
  })
  it('hands nothing of production to other programs until that is switched on, confirmed or not', async () => {
    const guard = makeGuard()
    guard.check('production', true)
    for (const other of ['demo', 'custom', 'simulator'] as const) guard.checkServed(other)
    expect(await codeOf(() => guard.checkServed('production'))).toBe('production_not_served')
    settings = { ...settings, serveProduction: true }
    guard.checkServed('production')
  })
})
