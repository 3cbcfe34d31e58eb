import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
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

/** Chromium tells no page where it saves, so the path is asked for in words; a file that is there is not replaced unasked. */
async function showSaveDialog(...args: unknown[]): Promise<SaveDialogReturnValue> {
  const { title = 'Save', defaultPath = 'file' } = args.at(-1) as SaveDialogOptions
  const { chromium, preloadWorld } = await windowPage()
  const ask = async <T>(expression: string): Promise<T | null> => {
    const contextId = preloadWorld.context()
    if (contextId === null) throw new Error('The window has no page to ask for a path')
    const answer = await chromium.page
      .send('Runtime.evaluate', { expression, contextId, returnByValue: true, userGesture: true })
      .catch(() => null)
    return (answer?.result.value as T | undefined) ?? null
  }
  let offered = isAbsolute(defaultPath) ? defaultPath : join(homedir(), defaultPath)
  for (;;) {
    const given = await ask<string>(`prompt(${JSON.stringify(`${title} to this file:`)}, ${JSON.stringify(offered)})`)
    const filePath = given?.trim() ?? ''
    if (filePath === '') return { canceled: true, filePath: '' }
    offered = filePath
    const isUsable = isAbsolute(filePath) && existsSync(dirname(filePath))
    if (isUsable && !existsSync(filePath)) return { canceled: false, filePath }
    if (isUsable && (await ask<boolean>(`confirm(${JSON.stringify('This file is there already. Replace it?')})`))) {
      return { canceled: false, filePath }
    }
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
