import type { Clipboard, ClipboardItem as ElectronClipboardItem } from 'electron'
import type { Cdp } from './cdp-pipe.js'
import { guard } from './guard.js'
import { beforeEnd, chromium } from './lifecycle.js'
import { complain } from './say.js'

/**
 * Chromium's clipboard: the system's where there is a display, Chromium's own in headless mode.
 *
 * It is used from a hidden page with an origin of its own, so the app's page never holds the permission, nor need it
 * have the focus; and the app can still clear the clipboard after its window was closed.
 */
const ORIGIN = 'https://clipboard.invalid'
const PAGE = Buffer.from('<!doctype html><title>Clipboard</title>').toString('base64')

let hiddenPage: Promise<Cdp> | null = null
let last: Promise<unknown> = Promise.resolve()

/** Gets the hidden page ready before somebody waits for it. */
export function warmClipboard(): void {
  page().catch(() => {})
}

/** One after the other, in the order of the calls. */
function enqueue<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work)
  last = next.catch(() => {})
  return next
}

const writeText = (text: string) =>
  enqueue(async () => {
    await run('clipboard-write', `navigator.clipboard.writeText(${JSON.stringify(text)})`)
  })

/**
 * Chromium's page clipboard takes plain text here, and no format of the operating system's own: `write` refuses an item
 * that has one, instead of dropping it silently. So the marks for clipboard managers are not set in this host.
 */
export class ClipboardItem {
  readonly #items: ConstructorParameters<typeof ElectronClipboardItem>[0]
  constructor(items: ConstructorParameters<typeof ElectronClipboardItem>[0]) {
    this.#items = items
  }
  get types(): string[] {
    return Object.keys(this.#items)
  }
  getType(): never {
    throw new Error('electron.ClipboardItem.getType is not in the browser host')
  }
  /** The item's text, where it has nothing else. */
  static textOf(item: ClipboardItem): string {
    const text = item.#items['text/plain']
    const other = item.types.find((type) => type !== 'text/plain')
    if (other !== undefined) throw new Error(`The clipboard format '${other}' is not in the browser host`)
    if (typeof text !== 'string') throw new Error('A clipboard item other than a string is not in the browser host')
    return text
  }
}

export const clipboard = guard('electron.clipboard', {
  writeText,
  async write(items) {
    const [item, ...others] = items as unknown as ClipboardItem[]
    if (!item || others.length > 0) throw new Error('Other than one clipboard item is not in the browser host')
    await writeText(ClipboardItem.textOf(item))
  },
  readText: () => enqueue(async () => String(await run('clipboard-read', 'navigator.clipboard.readText()'))),
  /** Nothing to wait for, as in Electron; the end of the app waits for it. */
  clear() {
    writeText('').catch(() => complain('the clipboard could not be cleared'))
  },
} satisfies Partial<Clipboard>)

beforeEnd(() => last)

async function run(permission: string, expression: string): Promise<unknown> {
  const { browser } = await chromium()
  // Each time: another client of the debugging port resets all permissions when it leaves.
  const [session] = await Promise.all([
    page(),
    browser.send('Browser.setPermission', { permission: { name: permission }, setting: 'granted', origin: ORIGIN }),
  ])
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
    userGesture: true,
  })
  // Chromium's description could quote the expression, which holds what was to be copied.
  if (exceptionDetails) throw new Error('Chromium refused the clipboard')
  return result.value
}

function page(): Promise<Cdp> {
  hiddenPage ??= createPage().catch((thrown) => {
    hiddenPage = null
    throw thrown
  })
  return hiddenPage
}

async function createPage(): Promise<Cdp> {
  const { browser, attach } = await chromium()
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank', hidden: true })
  const session = await attach(targetId)
  session.on('Fetch.requestPaused', ({ requestId }) => {
    const responseHeaders = [{ name: 'Content-Type', value: 'text/html' }]
    session.send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body: PAGE }).catch(() => {})
  })
  await Promise.all([
    session.send('Page.enable'),
    session.send('Fetch.enable'),
    // The clipboard is for the page that has the focus; nobody sees this one, so it may believe so.
    session.send('Emulation.setFocusEmulationEnabled', { enabled: true }),
  ])
  const loaded = new Promise((resolve) => session.once('Page.loadEventFired', resolve))
  await session.send('Page.navigate', { url: `${ORIGIN}/` })
  await loaded
  return session
}
