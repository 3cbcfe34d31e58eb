import type { WebFrameMain } from 'electron'
import { seenByApp } from './app-url.js'
import type { Cdp } from './cdp-pipe.js'
import { guard } from './guard.js'

export type Frame = Pick<WebFrameMain, 'url' | 'origin' | 'parent' | 'top' | 'detached' | 'isDestroyed'>

interface Known {
  browserUrl: string
  /** Changes with every document, so that a message can tell whether its sender is still there. */
  loaderId: string
  readonly parentId: string | undefined
  readonly frame: Frame
}

export interface Frames {
  readonly main: Frame
  readonly mainUrl: () => string
  isMain(frameId: string): boolean
  get(frameId: string): Frame | null
  loaderOf(frameId: string): string | undefined
}

/** The window's frames, one lasting object each, as Electron's WebFrameMain: so `===` works. */
export async function trackFrames(page: Cdp): Promise<Frames> {
  const known = new Map<string, Known>()

  function learn(id: string, parentId: string | undefined, browserUrl: string, loaderId: string): void {
    const now = known.get(id)
    if (now) Object.assign(now, { browserUrl, loaderId })
    else known.set(id, { browserUrl, loaderId, parentId, frame: frameOf(id, parentId) })
  }
  const frameOf = (id: string, parentId: string | undefined): Frame => {
    const parent = () => (parentId === undefined ? null : (known.get(parentId)?.frame ?? null))
    return guard('electron.WebFrameMain', {
      get url() {
        return seenByApp(known.get(id)?.browserUrl ?? '')
      },
      get origin() {
        return originOf(known.get(id)?.browserUrl ?? '')
      },
      get parent() {
        return parent() as WebFrameMain | null
      },
      get top() {
        return (parentId === undefined ? known.get(id)?.frame : parent()?.top) as WebFrameMain | null
      },
      get detached() {
        return !known.has(id)
      },
      isDestroyed: () => !known.has(id),
    })
  }

  page.on('Page.frameAttached', ({ frameId, parentFrameId }) => learn(frameId, parentFrameId, 'about:blank', ''))
  page.on('Page.frameNavigated', ({ frame }) => learn(frame.id, frame.parentId, frame.url, frame.loaderId))
  page.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    const now = known.get(frameId)
    if (now) now.browserUrl = url
  })
  page.on('Page.frameDetached', ({ frameId }) => known.delete(frameId))
  await page.send('Page.enable')
  const { frameTree } = await page.send('Page.getFrameTree')
  const { id, url, loaderId } = frameTree.frame
  learn(id, undefined, url, loaderId)

  return {
    main: (known.get(id) as Known).frame,
    mainUrl: () => known.get(id)?.browserUrl ?? '',
    isMain: (frameId) => frameId === id,
    get: (frameId) => known.get(frameId)?.frame ?? null,
    loaderOf: (frameId) => known.get(frameId)?.loaderId,
  }
}

/** As Chromium writes an origin: `null` in words for what has none. */
function originOf(browserUrl: string): string {
  const seen = seenByApp(browserUrl)
  if (seen !== browserUrl)
    return seen
      .split('/', 3)
      .join('/')
      .replace(/[?#].*$/, '')
  return URL.canParse(seen) ? new URL(seen).origin : 'null'
}
