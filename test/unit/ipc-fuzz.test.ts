import type { IpcMainInvokeEvent } from 'electron'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClipboardDesk } from '../../src/main/core/clipboard-desk.js'
import { createProductionGuard } from '../../src/main/core/production-guard.js'
import { createSettings } from '../../src/main/core/settings.js'
import { createAppState } from '../../src/main/desk/app-state.js'
import { createDesk, type Desk } from '../../src/main/desk/desk.js'
import { createExportDesk } from '../../src/main/desk/export-desk.js'
import { createImportDesk } from '../../src/main/desk/import-desk.js'
import { createServerDesk } from '../../src/main/desk/server-desk.js'
import { createHandlers } from '../../src/main/ipc/handlers.js'
import { registerCalls } from '../../src/main/ipc/register.js'
import { SCHEMAS } from '../../src/main/ipc/schemas.js'
import { isOwnFrame } from '../../src/main/platform/navigation-guard.js'
import { CALL_NAMES, type CallName } from '../../src/shared/contract.js'
import { SERVER_COPIES } from '../../src/shared/serving.js'
import { COPY_SHORTCUTS } from '../../src/shared/settings.js'
import { deskParts } from '../helpers/desk-parts.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { MemoryStore } from '../helpers/memory-store.js'

/**
 * The window as an attacker's: whatever it sends, main answers in an envelope, repeats nothing of it, and goes on
 * serving. Real registration, schemas, handlers and desk; the surroundings alone are stand-ins.
 */

/** More than 10,000 in all, over the calls of the contract. */
const RUNS_PER_CALL = 600
const CANARY = 'canary-7f3e'
const ownFrame = { url: 'app://token-desk/index.html', origin: 'app://token-desk', parent: null }

type Listener = (event: IpcMainInvokeEvent, ...args: unknown[]) => Promise<unknown>
const channels = new Map<string, Listener>()
const logged: string[] = []
const unhandled: unknown[] = []
const noteUnhandled = (reason: unknown) => void unhandled.push(reason)
let desk: Desk

beforeAll(async () => {
  process.on('unhandledRejection', noteUnhandled)
  const clock = new FakeClock()
  const settings = createSettings(new MemoryStore())
  desk = createDesk(deskParts({ clock, fetch: () => Promise.reject(new Error('no network in this test')) }))
  await desk.simulator.start()
  const state = createAppState({
    version: '0',
    host: 'browser',
    desk,
    settings,
    abilities: { tray: false, startAtLogin: false },
    applySettings: () => true,
    notices: [],
    changed: () => {},
  })
  const guard = createProductionGuard(settings.read)
  const handlers = createHandlers(desk, {
    server: createServerDesk({
      desk,
      store: new MemoryStore(),
      clock,
      guard,
      settings: settings.read,
      savePort: (serverPort) => void settings.save({ ...settings.read(), serverPort }),
      changed: () => {},
    }),
    info: state.info,
    dismissNotice: state.dismissNotice,
    setScenario: state.setScenario,
    setPassphrase: state.setPassphrase,
    unlock: state.unlock,
    chooseKeyFile: async () => null,
    saveText: async () => null,
    saveSettings: state.saveSettings,
    clipboard: createClipboardDesk({
      clipboard: {
        writeSecret: async () => {},
        writeText: async () => {},
        readText: async () => '',
        clear: async () => {},
      },
      clock,
      clearAfterMs: () => null,
      changed: () => {},
    }),
    guard,
    openUrl: async () => {},
    imports: createImportDesk(desk),
    exports: createExportDesk({ desk, saveFile: async () => null }),
    chooseConfigurationFiles: async () => null,
  })
  registerCalls({
    ipcMain: { handle: (name, listener) => void channels.set(name, listener as Listener) },
    service: Promise.resolve({ handlers, schemas: SCHEMAS }),
    isOwnPage: isOwnFrame,
    log: (name, code) => void logged.push(`${name} ${code}`),
  })
})
afterAll(async () => {
  process.off('unhandledRejection', noteUnhandled)
  await desk.simulator.stop()
})

const invoke = async (name: CallName, ...args: unknown[]) =>
  channels.get(name)?.({ senderFrame: ownFrame } as unknown as IpcMainInvokeEvent, ...args)

/** Values that structured clone would never carry are in here too: main must not lean on what Electron filters out. */
const cyclic = () => {
  const value: Record<string, unknown> = { profileId: CANARY }
  value.self = value
  return value
}
const throwing = () =>
  Object.defineProperty({}, 'profileId', {
    enumerable: true,
    get() {
      throw new Error(CANARY)
    },
  })
const refusingEverything = () => {
  const refuse = () => {
    throw new Error(CANARY)
  }
  return new Proxy(
    {},
    { get: refuse, has: refuse, ownKeys: refuse, getOwnPropertyDescriptor: refuse, getPrototypeOf: refuse },
  )
}
const ODDITIES: readonly (() => unknown)[] = [
  cyclic,
  throwing,
  refusingEverything,
  () => Symbol(CANARY),
  () => Number.NaN,
  () => Number.POSITIVE_INFINITY,
  () => -0,
  () => 2n ** 70n,
  () => () => CANARY,
  () => class Canary {},
  () => new Date(Number.NaN),
  () => new Map([[CANARY, CANARY]]),
  () => new Uint8Array(0),
  () => new Uint8Array(70_000),
  () => new Uint8Array(new SharedArrayBuffer(16)),
  () => CANARY.repeat(8000),
  () => '\ud800'.repeat(40),
  () => Object.create(null),
  () => Object.create({ profileId: CANARY }),
  () => JSON.parse(`{"__proto__":{"polluted":"${CANARY}"},"constructor":{"prototype":{"polluted":1}},"profileId":"p"}`),
  () => new Array(5),
  () => Promise.reject.bind(Promise),
  () => new String(CANARY),
]
/** Made only when it is sent: fast-check itself would stumble over what throws when looked at. */
class Odd {
  constructor(readonly index: number) {}
  make(): unknown {
    return ODDITIES[this.index]?.()
  }
}
const oddity = fc.nat({ max: ODDITIES.length - 1 }).map((index) => new Odd(index))
const made = (value: unknown) => (value instanceof Odd ? value.make() : value)
const prototypeKey = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf')
const anything = fc.oneof(
  oddity,
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withNullPrototype: true,
    withObjectString: true,
    withBoxedValues: true,
    withSparseArray: true,
  }),
  fc.string({ unit: 'binary' }).map((text) => CANARY + text),
  prototypeKey,
)

/** Names of the contract's fields, so that a good part gets past the first look of a schema. */
const FIELDS = [
  'id',
  'profileId',
  'profileIds',
  'stagedImportId',
  'files',
  'choices',
  'stagedKeyId',
  'passphrase',
  'source',
  'fresh',
  'scenario',
  'name',
  'environment',
  'integrationKey',
  'userId',
  'grant',
  'scopes',
  'assertionLifetimeS',
  'autoRenew',
  'clipboardClearAfterS',
  'confirmEachProductionCopy',
  'confirmed',
  'keyId',
  'format',
  'replace',
  'refresh',
  'accountId',
  'field',
  'admin',
  'redirectUri',
  'oauthHost',
  'restBasePath',
]
/** Shorter than the shortest that is taken: each accepted one would cost a scrypt. */
const tooShort = (key: string, value: unknown) =>
  key === 'passphrase' && typeof value === 'string' ? value.slice(0, 11) : value
/** As entries: an own `__proto__` cannot be written as a property. */
const hostileFields = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...FIELDS), prototypeKey), anything), { maxLength: 6 })
const recordOf = (entries: [string, unknown][]) =>
  Object.fromEntries(entries.map(([key, value]) => [key, tooShort(key, made(value))]))

/** Right in every type, hostile in its values: what reaches the handlers. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 64 }).map((end) => CANARY + end),
  prototypeKey,
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '../../vault',
    'javascript:alert(1)',
    '{{7*7}}',
    '\u202e',
    '-----BEGIN RSA PRIVATE KEY-----',
  ),
)
const id = text.map((value) => value.slice(0, 64) || 'p')
const profile = fc.record({
  name: text,
  environment: fc.constantFrom('demo', 'production', 'simulator', 'custom'),
  integrationKey: text,
  userId: text,
  grant: fc.constantFrom('user', 'application'),
  scopes: fc.array(text, { maxLength: 5 }),
  assertionLifetimeS: fc.oneof(fc.double(), fc.integer()),
  autoRenew: fc.boolean(),
  redirectUri: text,
  oauthHost: text,
  restBasePath: text,
  id: fc.oneof(id, fc.constant(undefined)),
  stagedKeyId: fc.oneof(id, fc.constant(undefined)),
})
const profileOnly = fc.record({ profileId: id })
const handOut = fc.record({ profileId: id, confirmed: fc.boolean() })
const keyOfProfile = fc.record({ profileId: id, keyId: id })
const stagedOnly = fc.record({ stagedKeyId: id })
const importFile = fc.record({
  name: fc.oneof(text, fc.constantFrom('.env', 'jwtConfig.json', 'app.config', 'ds_config.py')),
  bytes: fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc
      .constantFrom(`INTEGRATION_KEY=${CANARY}`, `{"clientId":"${CANARY}","__proto__":{"polluted":1}}`, '<a><add', '\0')
      .map((content) => new TextEncoder().encode(content)),
  ),
})
const importChoice = fc.record({
  index: fc.nat({ max: 999 }),
  name: text,
  environment: fc.constantFrom('demo', 'production', 'simulator', 'custom'),
  integrationKey: text,
  userId: text,
})
const passphraseOnly = fc.record({ passphrase: text.map((value) => String(tooShort('passphrase', value))) })
const nothing = fc.constant(undefined)
const wellTyped: Readonly<Record<CallName, fc.Arbitrary<unknown>>> = {
  'app:info': nothing,
  'app:dismissNotice': fc.record({ id }),
  'profiles:list': nothing,
  'profiles:save': profile,
  'profiles:remove': profileOnly,
  'profiles:select': profileOnly,
  'keys:loadFile': nothing,
  'keys:stage': fc.record({ source: fc.oneof(text, fc.uint8Array({ maxLength: 200 })) }),
  'keys:unlockStaged': fc.record({ stagedKeyId: id, passphrase: text }),
  'keys:discardStaged': stagedOnly,
  'keys:add': fc.record({ profileId: id, stagedKeyId: id, replace: fc.boolean() }),
  'keys:verify': keyOfProfile,
  'keys:activate': keyOfProfile,
  'keys:retire': keyOfProfile,
  'keys:check': profileOnly,
  'keys:copyPublic': keyOfProfile,
  'tokens:get': fc.record({ profileId: id, fresh: fc.boolean() }),
  'tokens:status': profileOnly,
  'tokens:copy': fc.record({
    profileId: id,
    confirmed: fc.boolean(),
    format: fc.oneof(text, fc.constantFrom('raw', 'curl')),
  }),
  'tokens:savePostman': handOut,
  'tokens:inspect': profileOnly,
  'tokens:reveal': handOut,
  'tokens:try': profileOnly,
  'account:get': fc.record({ profileId: id, refresh: fc.boolean() }),
  'account:choose': fc.record({ profileId: id, accountId: id }),
  'account:copy': fc.record({ profileId: id, field: fc.oneof(text, fc.constantFrom('name', 'restBasePath')) }),
  'consent:open': fc.record({ profileId: id, admin: fc.boolean() }),
  'consent:status': profileOnly,
  'consent:stop': profileOnly,
  'vault:setPassphrase': passphraseOnly,
  'vault:unlock': passphraseOnly,
  'activity:list': nothing,
  'activity:clear': nothing,
  'activity:export': fc.record({ format: fc.oneof(text, fc.constantFrom('csv', 'json')) }),
  'simulator:setScenario': fc.record({ scenario: fc.oneof(text, fc.constantFrom('normal', 'html')) }),
  'settings:save': fc.record({
    clipboardClearAfterS: fc.oneof(fc.integer(), fc.double(), fc.constantFrom(null, 10, 600)),
    confirmEachProductionCopy: fc.boolean(),
    copyShortcut: fc.oneof(text, fc.constantFrom(null, ...COPY_SHORTCUTS)),
    keepInTray: fc.boolean(),
    startAtLogin: fc.boolean(),
    serveProduction: fc.boolean(),
    serverPort: fc.oneof(fc.integer(), fc.constantFrom(8000, 0, 65_535)),
    serverIdleStopMin: fc.oneof(fc.double(), fc.constantFrom(1, 60, null)),
  }),
  'server:status': nothing,
  'server:newSecret': profileOnly,
  'server:setServed': fc.record({ profileId: text, served: fc.boolean() }),
  'server:start': fc.record({ port: fc.oneof(fc.double(), fc.constantFrom(null, 0, '8000')) }),
  'server:stop': nothing,
  'server:copy': fc.record({ profileId: text, what: fc.oneof(text, fc.constantFrom(...SERVER_COPIES)) }),
  'server:forgetSecret': profileOnly,
  'import:chooseFiles': nothing,
  'import:stage': fc.record({ files: fc.array(importFile, { minLength: 1, maxLength: 3 }) }),
  'import:unlock': fc.record({ stagedImportId: id, passphrase: text }),
  'import:apply': fc.record({ stagedImportId: id, choices: fc.array(importChoice, { minLength: 1, maxLength: 3 }) }),
  'import:discard': fc.record({ stagedImportId: id }),
  'export:profiles': fc.record({
    profileIds: fc.array(id, { minLength: 1, maxLength: 3 }),
    passphrase: fc.oneof(
      fc.constant(null),
      text.map((value) => String(tooShort('passphrase', value))),
    ),
  }),
}

function isEnvelope(answer: unknown): boolean {
  const { ok, error } = answer as { ok?: unknown; error?: { code?: unknown; message?: unknown } }
  return ok === true || (ok === false && typeof error?.code === 'string' && typeof error.message === 'string')
}

/** Whether Electron would carry it from the window at all. */
function isClonable(value: unknown): boolean {
  try {
    structuredClone(value)
    return true
  } catch {
    return false
  }
}

describe('whatever the window sends', () => {
  it.each(CALL_NAMES)('%s answers in an envelope, and repeats and logs nothing of it', async (name) => {
    const list = fc.array(anything, { maxLength: 3 })
    const args = fc.oneof(
      { weight: 2, arbitrary: list.map((values) => () => values.map(made)) },
      { weight: 3, arbitrary: hostileFields.map((entries) => () => [recordOf(entries)]) },
      { weight: 3, arbitrary: wellTyped[name].map((input) => () => [input]) },
    )
    await fc.assert(
      fc.asyncProperty(args, async (send) => {
        const given = send()
        logged.length = 0
        const crosses = isClonable(given)
        const answer = await invoke(name, ...given)
        expect(isEnvelope(answer)).toBe(true)
        // Structured clone carries it to the window.
        const crossed = JSON.stringify(structuredClone(answer))
        // A saved profile is the one answer that consists of what was sent.
        const { ok } = answer as { ok: boolean }
        if (!ok) expect(crossed).not.toContain(CANARY)
        expect(logged.join()).not.toContain(CANARY)
        // One line at most, of the call's name and a code.
        expect(logged.length).toBeLessThanOrEqual(1)
        for (const line of logged) expect(line).toMatch(/^[a-z]+:[A-Za-z]+ [a-z_]+$/)
        // What a page can really send must not look like a mistake of ours.
        if (crosses) expect(crossed).not.toContain('"code":"internal"')
      }),
      { numRuns: RUNS_PER_CALL },
    )
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('and afterwards it serves as before, with nothing left unhandled', async () => {
    expect(CALL_NAMES.length * RUNS_PER_CALL).toBeGreaterThanOrEqual(10_000)
    expect(await invoke('app:info')).toMatchObject({ ok: true, value: { vault: { state: 'sealed' } } })
    const list = (await invoke('profiles:list')) as { ok: true; value: { profiles: { id: string; name: string }[] } }
    expect(list.value.profiles.map(({ name }) => name)).toContain('Simulator')
    await new Promise((resolve) => setImmediate(resolve))
    expect(unhandled).toEqual([])
  })
})
