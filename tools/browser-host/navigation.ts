import { seenByApp, toAppUrl, withoutHash } from './app-url.js'
import type { Cdp } from './cdp-pipe.js'
import type { Frames } from './frames.js'
import { cancelable } from './guard.js'
import type { Paused } from './interception.js'
import { inBackground } from './lifecycle.js'

type Emit = (event: string, ...args: unknown[]) => void

export interface Navigation {
  /** The next load of this URL is the app's own doing: no event announces it. */
  expect(browserUrl: string): void
  /** The refusal for a request that would put another document into a frame. */
  judge(request: Paused): 'Aborted' | 'BlockedByClient' | null
}

/** Tells the app where its window is about to go, and refuses to leave the app whatever the app says. */
export function watchNavigation(page: Cdp, frames: Frames, emit: Emit): Navigation {
  let expected: string | null = null
  let home: string | null = null

  /** False when the app forbade it. */
  function announce(events: readonly string[], frameId: string, url: string): boolean {
    const frame = frames.get(frameId)
    const isMainFrame = frames.isMain(frameId)
    const details = cancelable({ url, isMainFrame, isSameDocument: false, frame, initiator: frame })
    // The deprecated arguments, which Electron still passes.
    for (const event of events) emit(event, details, url, false, isMainFrame)
    return !details.defaultPrevented
  }

  page.on('Page.frameNavigated', ({ frame }) => {
    if (!frames.isMain(frame.id)) return
    if (toAppUrl(frame.url) !== null) home = frame.url
    // `about:blank` and `blob:` ask no network, so no request could be refused: go back instead. The preload and its
    // API stay away from such a document anyway.
    else if (home !== null) {
      announce(['will-frame-navigate', 'will-navigate'], frame.id, frame.url)
      expected = home
      inBackground('Going back to the app', page.send('Page.navigate', { url: home }))
    }
  })

  return {
    expect(browserUrl) {
      expected = withoutHash(browserUrl)
    },
    judge({ resourceType, frameId, request, redirectedRequestId }) {
      if (resourceType !== 'Document') return null
      const isMain = frames.isMain(frameId)
      // Aborting leaves the present page in place; other reasons would put an error page there.
      const refusal = isMain ? 'Aborted' : 'BlockedByClient'
      const url = withoutHash(request.url)
      const ours = toAppUrl(url) !== null
      const reload = url === withoutHash(frames.mainUrl())
      if (isMain && ours && redirectedRequestId === undefined && (url === expected || reload)) {
        expected = null
        return null
      }
      const events = redirectedRequestId
        ? ['will-redirect']
        : isMain
          ? ['will-frame-navigate', 'will-navigate']
          : ['will-frame-navigate']
      return announce(events, frameId, seenByApp(request.url)) && ours ? null : refusal
    },
  }
}
