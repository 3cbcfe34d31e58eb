import { existsSync, lstatSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { deskError } from '../core/desk-error.js'
import type { DocumentStore } from '../core/ports.js'
import { removeDraft, writeWhole } from './write-whole.js'

export interface OpenedStore {
  readonly store: DocumentStore
  /** Name of the file that a damaged document was moved to, if it was. */
  readonly setAside: string | null
}

/**
 * Opens `<folder>/<name>.json`: mode 0600, written whole or not at all.
 * A damaged file is never overwritten: it is set aside under a dated name, and a new document begins.
 *
 * @throws DeskError `load_failed` when the file cannot be read, or a damaged one cannot be moved away
 */
export function openDocumentStore(folder: string, name: string, now: Date): OpenedStore {
  const path = join(folder, `${name}.json`)
  const { document, setAside } = load(folder, `${name}.json`, now)
  removeDraft(path)
  // This process is the only writer, so memory is as true as the file.
  let current = document
  return {
    setAside,
    store: {
      read: () => current,
      write(next) {
        try {
          writeWhole(path, `${JSON.stringify(next, null, 2)}\n`)
        } catch {
          throw deskError('save_failed')
        }
        current = next
      },
    },
  }
}

export interface Loaded {
  readonly document: Record<string, unknown>
  readonly setAside: string | null
}

/** @throws DeskError `load_failed` */
export function load(folder: string, fileName: string, now: Date): Loaded {
  const path = join(folder, fileName)
  // Not `existsSync`: to it, a file that may not be seen is not there, nor is one behind a link that leads nowhere now.
  if (!isThere(path)) return { document: {}, setAside: null }
  try {
    const document = parse(readFileSync(path, 'utf8'))
    if (document) return { document, setAside: null }
    return { document: {}, setAside: moveAway(folder, fileName, now) }
  } catch {
    throw deskError('load_failed')
  }
}

/** @returns its name from now on */
export function moveAway(folder: string, fileName: string, now: Date): string {
  const damaged = freeName(folder, `${fileName}.corrupt-${now.toISOString().replace(/[:.]/g, '-')}`)
  renameSync(join(folder, fileName), join(folder, damaged))
  return damaged
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    throw deskError('load_failed')
  }
}

/** A clock that was set back comes by the same time again, and renaming would overwrite what has the name. */
function freeName(folder: string, wanted: string): string {
  let name = wanted
  for (let count = 2; existsSync(join(folder, name)); count += 1) name = `${wanted}-${count}`
  return name
}

/** `null` for what is no document. */
function parse(text: string): Record<string, unknown> | null {
  try {
    // A power cut may leave NULs behind a whole document: the file system made the file longer and wrote nothing there.
    const value: unknown = JSON.parse(text.replace(/\0+$/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
