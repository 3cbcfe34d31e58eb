import { existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, extname, join } from 'node:path'
import type {
  Dialog,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron'
import { windowPage } from './browser-window.js'
import { pathOf } from './chosen-file.js'
import type { Chromium } from './chromium.js'
import { guard } from './guard.js'

const SUPPORTED = new Set(['openFile', 'multiSelections', 'showHiddenFiles', 'dontAddToRecent'])

/** Chromium's own file chooser, opened from the preload's world; its title and start folder are Chromium's. */
async function showOpenDialog(...args: unknown[]): Promise<OpenDialogReturnValue> {
  const options = args.at(-1) as OpenDialogOptions
  const properties: readonly string[] = options.properties ?? ['openFile']
  for (const property of properties) {
    if (!SUPPORTED.has(property)) throw new Error(`The dialog property '${property}' is not in the browser host`)
  }
  const { chromium, preloadWorld } = await windowPage()
  const contextId = preloadWorld.context()
  if (contextId === null) throw new Error('The window has no page to choose a file for')
  const filePaths = await choose(chromium, contextId, acceptOf(options), properties.includes('multiSelections'))
  return { canceled: filePaths.length === 0, filePaths }
}

/** As browsers save: into the downloads folder, under a name that is free. A page's own save dialog tells no path. */
async function showSaveDialog(...args: unknown[]): Promise<SaveDialogReturnValue> {
  const { defaultPath = 'file' } = args.at(-1) as SaveDialogOptions
  const folder = process.env.XDG_DOWNLOAD_DIR ?? join(homedir(), 'Downloads')
  mkdirSync(folder, { recursive: true })
  const name = basename(defaultPath)
  const extension = extname(name)
  const stem = name.slice(0, name.length - extension.length)
  for (let count = 0; ; count += 1) {
    const filePath = join(folder, count === 0 ? name : `${stem} (${count})${extension}`)
    if (!existsSync(filePath)) return { canceled: false, filePath }
  }
}

export const dialog = guard('electron.dialog', { showOpenDialog, showSaveDialog } satisfies Partial<Dialog>)

/** Choosers offer "all files" besides, so a `*` among the filters needs no words of its own. */
function acceptOf({ filters = [] }: OpenDialogOptions): string {
  const extensions = filters.flatMap((filter) => filter.extensions).filter((extension) => extension !== '*')
  return extensions.map((extension) => `.${extension}`).join(',')
}

async function choose(chromium: Chromium, contextId: number, accept: string, multiple: boolean): Promise<string[]> {
  const { page } = chromium
  const expression = `(${askInPage})(document, ${JSON.stringify(accept)}, ${multiple})`
  // A reload takes the chooser with it: that counts as cancelling.
  const answer = await page
    .send('Runtime.evaluate', { expression, contextId, awaitPromise: true, userGesture: true })
    .catch(() => null)
  const objectId = answer?.result.objectId
  if (objectId === undefined) return []
  const { result } = await page.send('Runtime.getProperties', { objectId, ownProperties: true })
  const files = result.filter(({ name }) => /^\d+$/.test(name)).flatMap(({ value }) => value?.objectId ?? [])
  const paths = await Promise.all(files.map((file) => pathOf(chromium, file)))
  await page.send('Runtime.releaseObject', { objectId })
  return paths.filter((path) => path !== null)
}

interface FileInput {
  type: string
  accept: string
  multiple: boolean
  hidden: boolean
  tabIndex: number
  readonly files: Iterable<unknown>
  setAttribute(name: string, value: string): void
  addEventListener(name: string, listener: () => void): void
  dispatchEvent(event: Event): void
  click(): void
  remove(): void
}
interface DocumentWithInputs {
  readonly body: { append(input: FileInput): void }
  createElement(name: 'input'): FileInput
  querySelectorAll(selector: string): Iterable<FileInput>
}

/** Runs as text in the preload's world. One question at a time: an older one counts as cancelled. */
function askInPage(document: DocumentWithInputs, accept: string, multiple: boolean): Promise<unknown> {
  for (const old of document.querySelectorAll('input[data-host-dialog]')) old.dispatchEvent(new Event('cancel'))
  const input = document.createElement('input')
  Object.assign(input, { type: 'file', accept, multiple, hidden: true, tabIndex: -1 })
  input.setAttribute('aria-hidden', 'true')
  input.setAttribute('data-host-dialog', '')
  document.body.append(input)
  return new Promise((resolve) => {
    const end = (files: readonly unknown[]) => {
      input.remove()
      resolve(files)
    }
    input.addEventListener('change', () => end([...input.files]))
    input.addEventListener('cancel', () => end([]))
    input.click()
  })
}
