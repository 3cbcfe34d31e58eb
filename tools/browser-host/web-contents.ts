import type { HandlerDetails, WebContents, WebFrameMain, WindowOpenHandlerResponse } from 'electron'
import { events, guard } from './guard.js'
import { encodeAll } from './ipc-main.js'
import { inBackground } from './lifecycle.js'
import type { ToPage } from './page/isolated-world.js'
import type { OpenHandler } from './popups.js'
import { session } from './session.js'
import type { WindowPage } from './window-page.js'

/** Electron's object exists at once; what is behind it comes with Chromium. */
export interface ContentsSource {
  url(): string
  page(): Pick<WindowPage, 'frames' | 'preloadWorld'> | null
  destroyed(): boolean
}

export interface Contents {
  readonly webContents: WebContents
  emit(event: string, ...args: unknown[]): void
  openHandler(): OpenHandler | null
}

export function createWebContents(source: ContentsSource): Contents {
  const { emit, methods } = events<WebContents>('electron.WebContents', [
    'will-navigate',
    'will-frame-navigate',
    'will-redirect',
    // Never happens: Chromium outside Electron has no <webview>.
    'will-attach-webview',
    'did-finish-load',
    'render-process-gone',
  ])
  let openHandler: OpenHandler | null = null
  const members = {
    ...methods,
    /** The host has one window. */
    id: 1,
    session: session.defaultSession,
    get mainFrame() {
      return source.page()?.frames.main as WebFrameMain
    },
    getURL: source.url,
    isDestroyed: source.destroyed,
    send(channel, ...args) {
      if (source.destroyed()) throw new TypeError('Object has been destroyed')
      const message: ToPage = { kind: 'event', channel, args: encodeAll(args) }
      const page = source.page()
      if (page) inBackground('An event for the page', page.preloadWorld.deliver(message))
    },
    setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse) {
      openHandler = handler
    },
  } satisfies Partial<WebContents>
  return {
    webContents: guard('electron.WebContents', members) as unknown as WebContents,
    emit,
    openHandler: () => openHandler,
  }
}
