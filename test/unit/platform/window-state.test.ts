import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readWindowState, writeWindowState } from '../../../src/main/platform/window-state.js'

const screen = { x: 0, y: 0, width: 1920, height: 1080 }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-desk-window-'))
})

describe('the window', () => {
  it('is where it was', () => {
    const place = { x: 100, y: 50, width: 1200, height: 800 }
    writeWindowState(folder, place, true)
    expect(readWindowState(folder, [screen])).toEqual({ ...place, maximized: true })
  })
  it.each([
    ['on a display that is gone', { x: 2000, y: 50, width: 1200, height: 800 }],
    ['above all displays', { x: 0, y: -900, width: 1200, height: 800 }],
    ['below all displays', { x: 0, y: 1070, width: 1200, height: 800 }],
    ['with a sliver of it on one', { x: 1900, y: 0, width: 1200, height: 800 }],
    ['too small', { x: 0, y: 0, width: 20, height: 20 }],
  ])('%s opens where windows open', (_name, place) => {
    writeWindowState(folder, place, false)
    expect(readWindowState(folder, [screen])).toBeNull()
  })
  it('on the second of two displays is found there', () => {
    const place = { x: -1500, y: 100, width: 900, height: 700 }
    writeWindowState(folder, place, false)
    expect(readWindowState(folder, [screen, { ...screen, x: -1920 }])).toMatchObject(place)
  })
  it.each(['', 'null', '{"x":"0"}', '{"x":1e9,"y":0,"width":900,"height":700,"maximized":false}'])(
    'a file that says %j counts as none',
    (text) => {
      writeFileSync(join(folder, 'window.json'), text)
      expect(readWindowState(folder, [screen])).toBeNull()
    },
  )
  it('no file, or a folder that refuses, is no reason to fail', () => {
    expect(readWindowState(join(folder, 'nowhere'), [screen])).toBeNull()
    expect(() => writeWindowState(join(folder, 'nowhere'), screen, false)).not.toThrow()
  })
})
