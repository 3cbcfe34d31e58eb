import { beforeEach, describe, expect, it } from 'vitest'
import { createClipboardDesk } from '../../src/main/core/clipboard-desk.js'
import type { Clipboard } from '../../src/main/core/ports.js'
import type { ClipboardStatus } from '../../src/shared/views.js'
import { codeOf } from '../helpers/errors.js'
import { FakeClock, settle } from '../helpers/fake-clock.js'

/** A clipboard in memory, which can be told to refuse. */
class FakeClipboard implements Clipboard {
  text = ''
  secrets: string[] = []
  refuses = false
  readonly #answer = async (work: () => void) => {
    if (this.refuses) throw new Error('canary')
    work()
  }
  writeSecret = (text: string) =>
    this.#answer(() => {
      this.text = text
      this.secrets.push(text)
    })
  writeText = (text: string) =>
    this.#answer(() => {
      this.text = text
    })
  clear = () => this.writeText('')
  async readText() {
    await this.#answer(() => {})
    return this.text
  }
}

let clipboard: FakeClipboard
let clock: FakeClock
let told: ClipboardStatus[]
let clearAfterMs: number | null
const makeDesk = () =>
  createClipboardDesk({
    clipboard,
    clock,
    clearAfterMs: () => clearAfterMs,
    changed: (status) => told.push(status),
  })
let desk: ReturnType<typeof makeDesk>

beforeEach(() => {
  clipboard = new FakeClipboard()
  clock = new FakeClock()
  told = []
  clearAfterMs = 60_000
  desk = makeDesk()
})

describe('a copied token', () => {
  it('is written as a secret and cleared after its time, not before', async () => {
    await desk.copyToken('token-1', 'p')
    expect(clipboard.secrets).toEqual(['token-1'])
    await clock.advance(59_999)
    expect(clipboard.text).toBe('token-1')
    await clock.advance(1)
    expect(clipboard.text).toBe('')
    expect(told).toEqual([
      { profileId: 'p', clearsInMs: 60_000 },
      { profileId: 'p', clearsInMs: null },
    ])
    expect(desk.holds()).toBe(false)
    expect(JSON.stringify(told)).not.toContain('token-1')
  })
  it('that something else was copied over is left alone', async () => {
    await desk.copyToken('token-1', 'p')
    clipboard.text = 'a shopping list'
    await clock.advance(60_000)
    expect(clipboard.text).toBe('a shopping list')
    expect(told.at(-1)).toEqual({ profileId: 'p', clearsInMs: null })
  })
  it('starts the time anew when it is copied again', async () => {
    await desk.copyToken('token-1', 'p')
    await clock.advance(59_000)
    await desk.copyToken('token-1', 'p')
    await clock.advance(59_000)
    expect(clipboard.text).toBe('token-1')
    await clock.advance(1000)
    expect(clipboard.text).toBe('')
  })
  it('of another profile takes over, and the first one’s countdown ends', async () => {
    await desk.copyToken('token-1', 'p')
    await desk.copyToken('token-2', 'q')
    expect(told.slice(1)).toEqual([
      { profileId: 'p', clearsInMs: null },
      { profileId: 'q', clearsInMs: 60_000 },
    ])
    await clock.advance(60_000)
    expect(clipboard.text).toBe('')
  })
  it('that is copied in the moment an older one is due keeps its whole time', async () => {
    await desk.copyToken('token-1', 'p')
    const copied = desk.copyToken('token-2', 'p')
    await clock.advance(60_000)
    await copied
    await settle()
    expect(clipboard.text).toBe('token-2')
    await clock.advance(60_000)
    expect(clipboard.text).toBe('')
  })
  it('is still cleared after a copy that failed, which says so', async () => {
    await desk.copyToken('token-1', 'p')
    clipboard.refuses = true
    expect(await codeOf(() => desk.copyToken('token-2', 'p'))).toBe('clipboard_failed')
    clipboard.refuses = false
    await clock.advance(60_000)
    expect(clipboard.text).toBe('')
  })
  it('is tried again when the clipboard does not let itself be cleared', async () => {
    await desk.copyToken('token-1', 'p')
    clipboard.refuses = true
    await clock.advance(60_000)
    expect(desk.holds()).toBe(true)
    clipboard.refuses = false
    await clock.advance(5000)
    expect(clipboard.text).toBe('')
  })
})

describe('the time to clear after', () => {
  it('“only on quit” leaves the token until then', async () => {
    clearAfterMs = null
    await desk.copyToken('token-1', 'p')
    await clock.advance(3_600_000)
    expect(clipboard.text).toBe('token-1')
    expect(told).toEqual([{ profileId: 'p', clearsInMs: null }])
    await desk.clear()
    expect(clipboard.text).toBe('')
  })
  it('counts for the token that is out already, from when it was copied', async () => {
    await desk.copyToken('token-1', 'p')
    await clock.advance(5000)
    clearAfterMs = 10_000
    desk.retime()
    expect(told.at(-1)).toEqual({ profileId: 'p', clearsInMs: 5000 })
    await clock.advance(5000)
    expect(clipboard.text).toBe('')
  })
  it('goes on while the machine sleeps', async () => {
    await desk.copyToken('token-1', 'p')
    clock.suspend(60_000)
    desk.retime()
    await clock.advance(0)
    expect(clipboard.text).toBe('')
  })
})

describe('at the end of the app', () => {
  it('the token is cleared, once, and only if it is still there', async () => {
    expect(desk.holds()).toBe(false)
    await desk.copyToken('token-1', 'p')
    expect(desk.holds()).toBe(true)
    await desk.clear()
    expect([clipboard.text, desk.holds()]).toEqual(['', false])
    await desk.copyToken('token-1', 'p')
    clipboard.text = 'mine'
    await desk.clear()
    expect(clipboard.text).toBe('mine')
  })
  it('a copy under way is waited for and cleared', async () => {
    const copied = desk.copyToken('token-1', 'p')
    expect(desk.holds()).toBe(true)
    await desk.clear()
    await copied
    expect(clipboard.text).toBe('')
  })
})

it('a public key stays, and ends the countdown of the token it replaced', async () => {
  await desk.copyToken('token-1', 'p')
  await desk.copyPublic('public key')
  expect(told.at(-1)).toEqual({ profileId: 'p', clearsInMs: null })
  await clock.advance(60_000)
  await desk.clear()
  expect(clipboard.text).toBe('public key')
})
