import { readFile } from 'node:fs/promises'
import type { Chromium } from './chromium.js'
import { type Frames, trackFrames } from './frames.js'
import { intercept } from './interception.js'
import { answerInvoke, passSend, type Sender } from './ipc-main.js'
import { inBackground, chromium as startedChromium } from './lifecycle.js'
import { setDarkColors } from './native-theme.js'
import { type Navigation, watchNavigation } from './navigation.js'
import type { FromPage } from './page/isolated-world.js'
import { closePopups } from './popups.js'
import { installPreload, type PreloadWorld } from './preload-world.js'
import { complain } from './say.js'
import { denyPermissions } from './session.js'
import type { Contents } from './web-contents.js'
import type { WindowFrame } from './window-frame.js'

export interface WindowPage {
  readonly chromium: Chromium
  readonly frames: Frames
  readonly navigation: Navigation
  readonly preloadWorld: PreloadWorld
}

export interface WindowPageParts {
  /** The first page, for its origin. */
  readonly browserUrl: string
  readonly preloadFile: string | undefined
  readonly contents: Contents
  readonly frame: WindowFrame
  focused(): void
  loaded(): void
  gone(): void
}

/** Puts everything in place around Chromium's page that must be there before it loads the app. */
export async function setUpPage(parts: WindowPageParts): Promise<WindowPage> {
  const { contents, frame, preloadFile } = parts
  const [chromium, preload] = await Promise.all([startedChromium(), preloadFile ? readFile(preloadFile, 'utf8') : ''])
  const { browser, page, pageTargetId, contextId: browserContextId } = chromium
  const { origin } = new URL(parts.browserUrl)
  const frames = await trackFrames(page)
  const navigation = watchNavigation(page, frames, contents.emit)
  closePopups(chromium, contents.openHandler)
  browser.on('Target.targetDestroyed', ({ targetId }) => {
    if (targetId === pageTargetId) parts.gone()
  })
  page.on('Page.loadEventFired', () => {
    // The empty page that Chromium started with finishes loading, too.
    if (!frames.mainUrl().startsWith(`${origin}/`)) return
    contents.emit('did-finish-load')
    parts.loaded()
  })
  page.on('Inspector.targetCrashed', () => {
    complain('the page crashed')
    contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
  })

  const received = (message: FromPage, frameId: string, contextId: number): void => {
    if (message.kind === 'theme') return setDarkColors(message.dark)
    if (message.kind === 'focus') return parts.focused()
    if (message.kind === 'visibility') return frame.setHidden(message.hidden)
    const loader = frames.loaderOf(frameId)
    const sender: Sender = {
      webContents: contents.webContents,
      frame: () => (frames.loaderOf(frameId) === loader ? frames.get(frameId) : null),
    }
    if (message.kind === 'send') return passSend(sender, message.channel, message.args)
    const { id, channel, args } = message
    const reply = answerInvoke(sender, channel, args).then((outcome) =>
      preloadWorld.deliver({ kind: 'reply', id, ...outcome }, contextId),
    )
    inBackground('A reply to the page', reply)
  }
  const [preloadWorld] = await Promise.all([
    installPreload(page, frames, { origin, preload }, received),
    intercept(page, navigation.judge),
    denyPermissions(browser),
    browser.send('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId }),
    frame.open(chromium),
  ])
  return { chromium, frames, navigation, preloadWorld }
}
