import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createAtHand } from '../../src/main/at-hand.js'
import { deskError } from '../../src/main/core/desk-error.js'
import { createProductionGuard } from '../../src/main/core/production-guard.js'
import { createDesk, type Desk } from '../../src/main/desk/desk.js'
import type { ServerStatus } from '../../src/shared/serving.js'
import { COPY_SHORTCUTS, DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings.js'
import { deskParts } from '../helpers/desk-parts.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { profileInput } from '../helpers/profile-input.js'

/** Electron's part, written down: what the tray shows, which shortcut is held, what was notified and asked. */
interface MenuLine {
  readonly label?: string
  readonly enabled?: boolean
  readonly click?: () => void
}
const desktop = vi.hoisted(() => ({
  tray: true,
  menu: [] as MenuLine[],
  tip: '',
  images: 0,
  shortcuts: new Map<string, () => void>(),
  taken: false,
  notes: [] as { title: string; body: string; click: () => void }[],
  questions: [] as { message: string; defaultId: number; cancelId: number }[],
  answer: 0,
}))
vi.mock('electron', () => ({
  app: { isPackaged: false },
  nativeImage: { createFromDataURL: () => ({ addRepresentation: () => {}, setTemplateImage: () => {} }) },
  Menu: { buildFromTemplate: (template: MenuLine[]) => template },
  Tray: class {
    constructor() {
      if (!desktop.tray) throw new Error('no tray here')
    }
    setToolTip(tip: string) {
      desktop.tip = tip
    }
    setImage() {
      desktop.images += 1
    }
    on() {}
    destroy() {}
    setContextMenu(menu: MenuLine[]) {
      desktop.menu = menu
    }
  },
  globalShortcut: {
    register: (accelerator: string, run: () => void) => {
      if (!desktop.taken) desktop.shortcuts.set(accelerator, run)
      return !desktop.taken
    },
    unregisterAll: () => desktop.shortcuts.clear(),
  },
  Notification: class {
    static isSupported = () => true
    readonly #note: { title: string; body: string; click: () => void }
    constructor(options: { title: string; body: string }) {
      this.#note = { ...options, click: () => {} }
    }
    on(_event: string, click: () => void) {
      this.#note.click = click
    }
    show() {
      desktop.notes.push(this.#note)
    }
  },
  dialog: {
    showMessageBox: async (options: { message: string; defaultId: number; cancelId: number }) => {
      desktop.questions.push(options)
      return { response: desktop.answer }
    },
  },
}))

const OFF: ServerStatus = {
  state: 'off',
  port: 8000,
  origin: 'http://127.0.0.1:8000',
  stoppedBecause: null,
  error: null,
  freePort: null,
  profiles: [],
}
const TOKEN = `secret-${'x'.repeat(60)}`
const pem = pkcs1Pem(makeRsa().privateKey)
let desk: Desk
let copied: string[]
let settings: Settings
let shown: number
let online: boolean
let serverStatus: ServerStatus
let stops: number

beforeEach(() => {
  Object.assign(desktop, {
    tray: true,
    menu: [],
    tip: '',
    images: 0,
    taken: false,
    notes: [],
    questions: [],
    answer: 0,
  })
  desktop.shortcuts.clear()
  copied = []
  stops = 0
  serverStatus = OFF
  shown = 0
  online = true
  settings = DEFAULT_SETTINGS
  desk = createDesk(
    deskParts({
      // In Docusign's place.
      fetch: async () => {
        if (!online) throw Object.assign(new Error(`no way with ${TOKEN}`), { code: 'ENOTFOUND' })
        return Response.json({ access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 })
      },
    }),
  )
})
afterEach(() => vi.useRealTimers())

const start = () =>
  createAtHand({
    desk,
    guard: createProductionGuard(() => settings),
    clipboard: {
      copyToken: async (token: string) => void copied.push(token),
    } as unknown as Parameters<typeof createAtHand>[0]['clipboard'],
    settings: () => settings,
    server: {
      status: () => serverStatus,
      stop: async () => {
        stops += 1
        return serverStatus
      },
    },
    platform: 'linux',
    showWindow: () => {
      shown += 1
    },
    quit: () => {},
  })
const save = async (environment: 'demo' | 'production', name: string) => {
  const { stagedKeyId } = desk.keyDesk.stage(pem)
  return desk.saveProfile(profileInput({ name, environment, stagedKeyId }))
}
const press = (label: RegExp) => desktop.menu.find((line) => label.test(line.label ?? ''))?.click?.()

describe('the tray', () => {
  it('copies a token, and says so without showing it', async () => {
    await save('demo', 'R&D')
    start()
    press(/^R&&D \(Demo\)/)
    await vi.waitFor(() => expect(copied).toEqual([TOKEN]))
    await vi.waitFor(() =>
      expect(desktop.notes).toMatchObject([
        { title: 'Token copied', body: expect.stringMatching(/^R&D: 59 min left/) },
      ]),
    )
    expect(JSON.stringify([desktop.notes, desktop.menu])).not.toContain('secret')
  })
  it('asks before it copies a production token: the safe answer is the default, and no means no', async () => {
    await save('production', 'Live')
    start()
    press(/^Live/)
    await vi.waitFor(() => expect(desktop.questions).toMatchObject([{ defaultId: 0, cancelId: 0 }]))
    desktop.answer = 1
    press(/^Live/)
    await vi.waitFor(() => expect(copied).toEqual([TOKEN]))
    press(/^Live/)
    await vi.waitFor(() => expect(copied).toHaveLength(2))
    expect(desktop.questions).toHaveLength(2)
  })
  it('tells why there is no token, in words of the catalogue alone', async () => {
    online = false
    await save('demo', 'QA')
    start()
    press(/^QA/)
    await vi.waitFor(() =>
      expect(desktop.notes).toMatchObject([
        { title: 'No token copied: QA', body: expect.stringMatching(/name could not be found/) },
      ]),
    )
    expect(copied).toEqual([])
    desktop.notes[0]?.click()
    expect(shown).toBe(1)
  })
  it('bears a mark while the token server runs, and stops it', () => {
    const atHand = start()
    expect(desktop.tip).toBe('Token Desk')
    expect(desktop.menu.some(({ label }) => /server/.test(label ?? ''))).toBe(false)
    serverStatus = { ...OFF, state: 'running', port: 8001 }
    atHand.refresh()
    atHand.refresh()
    expect(desktop.tip).toBe('Token Desk: token server on port 8001')
    expect(desktop.images).toBe(1)
    expect(desktop.menu).toContainEqual({ label: 'Token server on port 8001', enabled: false })
    press(/^Stop token server/)
    expect(stops).toBe(1)
    serverStatus = OFF
    atHand.refresh()
    expect({ tip: desktop.tip, images: desktop.images }).toEqual({ tip: 'Token Desk', images: 2 })
  })
  it('is not there on every desktop, and then closing the window ends the app', () => {
    settings = { ...DEFAULT_SETTINGS, keepInTray: true }
    expect(start().staysWithoutWindow()).toBe(true)
    desktop.tray = false
    const without = start()
    expect(without.abilities.tray).toBe(false)
    expect(without.staysWithoutWindow()).toBe(false)
  })
})

describe('the shortcut', () => {
  it('copies the chosen profile’s token, and goes with the setting', async () => {
    await save('demo', 'First')
    const chosen = await save('demo', 'Second')
    desk.profiles.select(chosen.id)
    const atHand = start()
    expect(atHand.apply({ ...settings, copyShortcut: COPY_SHORTCUTS[0] })).toBe(true)
    desktop.shortcuts.get(COPY_SHORTCUTS[0])?.()
    await vi.waitFor(() => expect(desktop.notes).toMatchObject([{ body: expect.stringMatching(/^Second/) }]))
    expect(atHand.apply(settings)).toBe(true)
    expect(desktop.shortcuts.size).toBe(0)
  })
  it('that another program holds is said to be held', () => {
    desktop.taken = true
    expect(start().apply({ ...settings, copyShortcut: COPY_SHORTCUTS[0] })).toBe(false)
  })
})

it('a renewal that failed in the background is notified, and pressing it opens that profile', async () => {
  await save('demo', 'First')
  const other = await save('demo', 'Second')
  desk.profiles.select(desk.profiles.list()[0]?.id ?? '')
  start().renewalFailed(other.id, deskError('consent_required').appError)
  expect(desktop.notes).toMatchObject([{ title: 'No new token for Second', body: expect.stringMatching(/consent/) }])
  desktop.notes[0]?.click()
  expect(desk.profiles.selectedId()).toBe(other.id)
  expect(shown).toBe(1)
})
