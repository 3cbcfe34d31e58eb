import { mkdtemp, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { debuggingPort } from '../environment.js'
import type { Chromium } from './chromium.js'

/** Far above any key; a test's file comes through the protocol as text. */
const MAX_COPY_BYTES = 8_000_000

/**
 * Where a file that was chosen in the page lies. The path comes from Chromium: a page's File has none, and a script in
 * the page cannot invent one.
 *
 * A File that was made by script has no path at all. Playwright makes such a one when it is connected to the debugging
 * port without `isLocal: true`; only then its bytes are copied into the browser's own folder, which goes at the end.
 */
export async function pathOf({ page, folder }: Chromium, objectId: string): Promise<string | null> {
  const { path } = await page.send('DOM.getFileInfo', { objectId })
  if (path !== '') return path
  if (debuggingPort() === null) return null
  const { result } = await page.send('Runtime.callFunctionOn', {
    objectId,
    functionDeclaration: `async function (limit) {
      if (this.size > limit) return null
      const bytes = new Uint8Array(await this.arrayBuffer())
      return { name: this.name, base64: btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), '')) }
    }`,
    arguments: [{ value: MAX_COPY_BYTES }],
    awaitPromise: true,
    returnByValue: true,
  })
  const copy = result.value as { readonly name: string; readonly base64: string } | null
  if (!copy) return null
  const file = join(await mkdtemp(join(folder, 'chosen-')), basename(copy.name) || 'file')
  await writeFile(file, Buffer.from(copy.base64, 'base64'), { mode: 0o600 })
  return file
}
