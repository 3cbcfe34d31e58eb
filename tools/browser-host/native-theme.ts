import type { NativeTheme } from 'electron'
import type { Cdp } from './cdp-pipe.js'
import { events, guard } from './guard.js'

const { emit, methods } = events<NativeTheme>('electron.nativeTheme', ['updated'])
let dark = false

/** What Chromium's media query says: at the start, and whenever its page hears of a change. */
export function setDarkColors(value: boolean): void {
  if (value === dark) return
  dark = value
  emit('updated')
}

export async function learnTheme(page: Cdp): Promise<void> {
  const expression = `matchMedia('(prefers-color-scheme: dark)').matches`
  const { result } = await page.send('Runtime.evaluate', { expression, returnByValue: true })
  setDarkColors(result.value === true)
}

export const nativeTheme = guard('electron.nativeTheme', {
  ...methods,
  get shouldUseDarkColors() {
    return dark
  },
} satisfies Partial<NativeTheme>)
