import type { Shell } from 'electron'
import { guard } from './guard.js'
import { chromium } from './lifecycle.js'

let contextId: string | null = null

export const shell = guard('electron.shell', {
  /**
   * A new window of the same Chromium, in a private profile of its own: with a network, unlike the app's, and outside
   * the app's interception and bindings; no debugger is attached to it. Electron would take the system's browser.
   */
  async openExternal(url) {
    if (!/^https?:/i.test(url)) throw new Error('The browser host opens web pages only')
    try {
      await open(url)
    } catch {
      // The profile goes when the user closes its last window.
      contextId = null
      await open(url)
    }
  },
} satisfies Partial<Shell>)

async function open(url: string): Promise<void> {
  const { browser } = await chromium()
  contextId ??= await createContext()
  await browser.send('Target.createTarget', { url, browserContextId: contextId, newWindow: true })
}

async function createContext(): Promise<string> {
  const { browser } = await chromium()
  // Without this it would inherit the app's profile's way to nowhere. The system's own setting cannot be asked for.
  const proxyServer = process.env.HTTPS_PROXY || process.env.https_proxy || 'direct://'
  const { browserContextId } = await browser.send('Target.createBrowserContext', { proxyServer, disposeOnDetach: true })
  return browserContextId
}
