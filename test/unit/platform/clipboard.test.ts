import { EventEmitter } from 'node:events'
import type { ClipboardItem } from 'electron'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClipboard } from '../../../src/main/platform/clipboard.js'
import { finishBeforeQuit } from '../../../src/main/platform/finish-before-quit.js'

describe('a secret on the clipboard', () => {
  class FakeItem {
    constructor(readonly items: Record<string, unknown>) {}
  }
  const make = (platform: string, write: (items: FakeItem[]) => Promise<void>) => {
    const plain: string[] = []
    const native = {
      write: write as unknown as (items: ClipboardItem[]) => Promise<void>,
      writeText: async (text: string) => void plain.push(text),
      readText: async () => '',
    }
    return { plain, clipboard: createClipboard(native, FakeItem as unknown as typeof ClipboardItem, platform) }
  }
  it.each([
    ['darwin', 'org.nspasteboard.ConcealedType', '1'],
    ['win32', 'ExcludeClipboardContentFromMonitorProcessing', '1'],
    ['linux', 'x-kde-passwordManagerHint', 'secret'],
  ])('is marked as concealed on %s, in one write with the text', async (platform, format, payload) => {
    const written: FakeItem[][] = []
    const { plain, clipboard } = make(platform, async (items) => void written.push(items))
    await clipboard.writeSecret('token')
    expect(written.map((items) => items.map(({ items: content }) => content))).toEqual([
      [{ 'text/plain': 'token', [`electron application/osclipboard;format="${format}"`]: payload }],
    ])
    expect(plain).toEqual([])
  })
  it('is copied plainly where marking fails, or no mark is known', async () => {
    for (const platform of ['linux', 'freebsd']) {
      const { plain, clipboard } = make(platform, () => Promise.reject(new Error('no such format')))
      await clipboard.writeSecret('token')
      expect(plain).toEqual(['token'])
    }
  })
  it('other texts carry no mark, and clearing writes an empty one', async () => {
    const { plain, clipboard } = make('linux', () => Promise.reject(new Error('not to be called')))
    await clipboard.writeText('public')
    await clipboard.clear()
    expect(plain).toEqual(['public', ''])
  })
})

describe('the end of the app', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  function start(isNeeded: boolean, run: () => Promise<void>) {
    const emitter = new EventEmitter()
    const quits: string[] = []
    /** As Electron: asks, and ends unless forbidden. */
    const quit = () => {
      let prevented = false
      emitter.emit('before-quit', { preventDefault: () => (prevented = true) })
      quits.push(prevented ? 'held back' : 'ended')
    }
    const app = Object.assign(emitter, { quit }) as unknown as Parameters<typeof finishBeforeQuit>[0]
    finishBeforeQuit(app, { isNeeded: () => isNeeded, run })
    return { quit, quits }
  }
  it('does not wait for nothing', () => {
    const { quit, quits } = start(false, () => Promise.reject(new Error('not to be called')))
    quit()
    expect(quits).toEqual(['ended'])
  })
  it('waits for the clearing, runs it once however often it is asked, then ends', async () => {
    let finish = () => {}
    let runs = 0
    const { quit, quits } = start(true, () => {
      runs += 1
      return new Promise((resolve) => {
        finish = resolve
      })
    })
    quit()
    quit()
    expect(quits).toEqual(['held back', 'held back'])
    finish()
    await vi.advanceTimersByTimeAsync(0)
    expect([quits.at(-1), runs]).toEqual(['ended', 1])
  })
  it('waits two seconds at most, and a failure ends it too', async () => {
    const stuck = start(true, () => new Promise(() => {}))
    stuck.quit()
    await vi.advanceTimersByTimeAsync(1999)
    expect(stuck.quits).toEqual(['held back'])
    await vi.advanceTimersByTimeAsync(1)
    expect(stuck.quits).toEqual(['held back', 'ended'])
    const broken = start(true, () => Promise.reject(new Error('canary')))
    broken.quit()
    await vi.advanceTimersByTimeAsync(0)
    expect(broken.quits).toEqual(['held back', 'ended'])
  })
})
