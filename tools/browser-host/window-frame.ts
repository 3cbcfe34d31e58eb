import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import type { Chromium } from './chromium.js'
import { inBackground } from './lifecycle.js'

type Methods = Pick<
  BrowserWindow,
  'show' | 'focus' | 'isMinimized' | 'isMaximized' | 'getNormalBounds' | 'restore' | 'setTitle'
>

export interface WindowFrame {
  open(chromium: Chromium): Promise<void>
  setHidden(hidden: boolean): void
  closeTarget(): Promise<unknown>
  readonly methods: Methods
}

/** Size, place and colour of Chromium's window. A least size cannot be set from outside: `minWidth` has no effect. */
export function createWindowFrame(options: BrowserWindowConstructorOptions): WindowFrame {
  let chromium: Chromium | null = null
  let hidden = false

  const command = (what: string, run: (chromium: Chromium) => Promise<unknown>) => {
    if (chromium) inBackground(what, run(chromium))
  }
  const bounds = async ({ browser, pageTargetId: targetId }: Chromium, change: Bounds) => {
    const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId })
    await browser.send('Browser.setWindowBounds', { windowId, bounds: change })
  }
  const front = () => command('Showing the window', ({ page }) => page.send('Page.bringToFront'))

  return {
    async open(opened) {
      chromium = opened
      const { width = 800, height = 600, backgroundColor } = options
      await bounds(opened, { width, height })
      const color = rgba(backgroundColor)
      if (color) await opened.page.send('Emulation.setDefaultBackgroundColorOverride', { color })
    },
    setHidden(value) {
      hidden = value
    },
    async closeTarget() {
      if (chromium) await chromium.browser.send('Target.closeTarget', { targetId: chromium.pageTargetId })
    },
    methods: {
      /** A window with `--app` is visible from the start; this only brings it to the front. */
      show: front,
      focus: front,
      /** Chromium tells its page, not us, and says the same of a window that is wholly covered. */
      isMinimized: () => hidden,
      /** Chromium tells only when asked, and then too late: the size at the start stands for it. */
      getNormalBounds: () => ({ x: 0, y: 0, width: options.width ?? 800, height: options.height ?? 600 }),
      isMaximized: () => false,
      restore: () => command('Restoring the window', (opened) => bounds(opened, { windowState: 'normal' })),
      /** A window with `--app` shows its document's title. */
      setTitle: (title) =>
        command('Naming the window', ({ page }) =>
          page.send('Runtime.evaluate', { expression: `document.title = ${JSON.stringify(title)}` }),
        ),
    },
  }
}

interface Bounds {
  width?: number
  height?: number
  windowState?: 'normal'
}

function rgba(color: string | undefined): { r: number; g: number; b: number; a: number } | null {
  const [, r, g, b] = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color ?? '') ?? []
  if (!r || !g || !b) return null
  return { r: Number.parseInt(r, 16), g: Number.parseInt(g, 16), b: Number.parseInt(b, 16), a: 1 }
}
