import type { HandlerDetails, WindowOpenHandlerResponse } from 'electron'
import { seenByApp } from './app-url.js'
import type { Chromium } from './chromium.js'
import { inBackground } from './lifecycle.js'
import { complain } from './say.js'

export type OpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse

/**
 * Asks the app about every window that its page wants, and closes it in any case: the host has one window. Chromium
 * offers no way to be asked first, so a popup may flash; it cannot load, as this profile has no network (profile.ts).
 */
export function closePopups(chromium: Chromium, handler: () => OpenHandler | null): void {
  const { browser, page, pageTargetId, contextId } = chromium
  const ask = (url: string, disposition: HandlerDetails['disposition'], frameName = '', features = '') => {
    const details = { url: seenByApp(url), frameName, features, disposition, referrer: { url: '', policy: 'default' } }
    const answer = handler()?.(details as HandlerDetails)
    if (answer?.action !== 'deny') complain('a second window is not in the browser host')
  }
  page.on('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
    ask(url, 'foreground-tab', windowName, windowFeatures.join(',')),
  )
  // A click with Ctrl, Shift or the middle button.
  page.on('Page.frameRequestedNavigation', ({ url, disposition }) => {
    if (disposition === 'newTab') ask(url, 'background-tab')
    if (disposition === 'newWindow') ask(url, 'new-window')
  })
  /**
   * An outside client on the debugging port may have told Chromium to hold each new page until it has seen it. Closed
   * while held, a popup would leave its opener, which shares its process, standing still for good.
   */
  async function closeOnceAwake(targetId: string): Promise<void> {
    const popup = await chromium.attach(targetId)
    await popup.send('Runtime.runIfWaitingForDebugger')
    await browser.send('Target.closeTarget', { targetId })
  }
  browser.on('Target.targetCreated', ({ targetInfo: { type, targetId, browserContextId } }) => {
    if (type !== 'page' || browserContextId !== contextId || targetId === pageTargetId) return
    inBackground('Closing a popup', closeOnceAwake(targetId))
  })
}
