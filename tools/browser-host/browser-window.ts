import type { BrowserWindowConstructorOptions, BrowserWindow as ElectronWindow, WebContents } from 'electron'
import { seenByApp, toBrowserUrl } from './app-url.js'
import { warmClipboard } from './clipboard.js'
import { cancelable, events, guard } from './guard.js'
import { appEvents, fail, inBackground, type OpenWindow, windowClosed, windowOpened } from './lifecycle.js'
import { createWebContents } from './web-contents.js'
import { createWindowFrame } from './window-frame.js'
import { setUpPage, type WindowPage } from './window-page.js'

/** The one window, and its page once that can be spoken to. */
let current: { readonly window: ElectronWindow; readonly page: Promise<WindowPage> } | null = null

export async function windowPage(): Promise<WindowPage> {
  if (!current) throw new Error('The browser host has no window')
  return current.page
}

/** Idle time before someone may want to copy; the start of the app is too busy for it. */
const WARM_CLIPBOARD_AFTER_MS = 500

function createWindow(options: BrowserWindowConstructorOptions = {}): ElectronWindow {
  if (current) throw new Error('A second window is not in the browser host')
  const { emit, methods } = events<ElectronWindow>('electron.BrowserWindow', [
    'ready-to-show',
    'close',
    'closed',
    'focus',
  ])
  let destroyed = false
  let shown = false
  let url = ''
  let opened: WindowPage | null = null
  let loaded: () => void = () => {}
  let giveFirstUrl: (browserUrl: string) => void = () => {}
  const firstUrl = new Promise<string>((resolve) => {
    giveFirstUrl = resolve
  })
  const frame = createWindowFrame(options)
  const contents = createWebContents({
    url: () => (opened ? seenByApp(opened.frames.mainUrl()) : url),
    page: () => opened,
    destroyed: () => destroyed,
  })

  const lifecycle: OpenWindow = {
    close() {
      const details = cancelable({})
      emit('close', details)
      if (details.defaultPrevented) return false
      lifecycle.gone()
      return true
    },
    gone() {
      if (destroyed) return
      destroyed = true
      current = null
      emit('closed')
      windowClosed(lifecycle)
    },
  }

  const page = firstUrl.then(async (browserUrl) => {
    opened = await setUpPage({
      browserUrl,
      preloadFile: options.webPreferences?.preload,
      contents,
      frame,
      focused: () => emit('focus'),
      loaded: () => loaded(),
      gone: lifecycle.gone,
    })
    return opened
  })
  page.catch(fail)

  function afterFirstLoad({ chromium }: WindowPage): void {
    if (shown || destroyed) return
    shown = true
    emit('ready-to-show')
    setTimeout(warmClipboard, WARM_CLIPBOARD_AFTER_MS).unref()
    // Back, to the empty page that Chromium began with, would leave the app.
    inBackground('Forgetting the first page', chromium.page.send('Page.resetNavigationHistory'))
  }

  const members = {
    ...methods,
    ...frame.methods,
    webContents: contents.webContents,
    isDestroyed: () => destroyed,
    async loadURL(given: string) {
      const browserUrl = toBrowserUrl(given)
      if (browserUrl === null) throw new Error('The browser host loads pages of the app only')
      url = given
      giveFirstUrl(browserUrl)
      const ready = await page
      const finished = new Promise<void>((resolve) => {
        loaded = resolve
      })
      ready.navigation.expect(browserUrl)
      const { errorText } = await ready.chromium.page.send('Page.navigate', { url: browserUrl })
      if (errorText) throw new Error(`${errorText} loading '${given}'`)
      await finished
      afterFirstLoad(ready)
    },
    close() {
      if (!destroyed && lifecycle.close()) inBackground('Closing the window', frame.closeTarget())
    },
    destroy() {
      lifecycle.gone()
      inBackground('Closing the window', frame.closeTarget())
    },
  } satisfies Partial<ElectronWindow>

  const window = guard('electron.BrowserWindow', members) as unknown as ElectronWindow
  current = { window, page }
  windowOpened(lifecycle)
  appEvents.emit('web-contents-created', {}, contents.webContents)
  return window
}

type WindowClass = Pick<typeof ElectronWindow, 'getAllWindows' | 'fromWebContents'> &
  (new (
    options?: BrowserWindowConstructorOptions,
  ) => ElectronWindow)

/** A function, unlike a class, may give back the guarded object when called with `new`. */
function Window(options?: BrowserWindowConstructorOptions): ElectronWindow {
  return createWindow(options)
}

export const BrowserWindow: WindowClass = guard(
  'electron.BrowserWindow',
  Object.assign(Window, {
    getAllWindows: () => (current ? [current.window] : []),
    fromWebContents: (contents: WebContents) => (current?.window.webContents === contents ? current.window : null),
  }),
) as unknown as WindowClass
