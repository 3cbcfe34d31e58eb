import { existsSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import ElectronStore from 'electron-store'
import { deskError } from '../core/desk-error.js'
import type { DocumentStore } from '../core/ports.js'

export interface OpenedStore {
  readonly store: DocumentStore
  /** Name of the file that a damaged document was moved to, if it was. */
  readonly setAside: string | null
}

/**
 * Opens `<folder>/<name>.json` through electron-store: mode 0600, written whole or not at all.
 * A damaged file is never overwritten: it is set aside under a dated name, and a new document begins.
 *
 * @throws DeskError `load_failed` when the file cannot be read, or a damaged one cannot be moved away
 */
export function openDocumentStore(folder: string, name: string, now: Date): OpenedStore {
  const setAside = setAsideIfDamaged(folder, `${name}.json`, now)
  const store = open(folder, name)
  // electron-store reads the file anew at each access. This process is the only writer, so memory is as true.
  let current = store.store
  return {
    setAside,
    store: {
      read: () => current,
      write(document) {
        try {
          store.store = document
        } catch {
          throw deskError('save_failed')
        }
        current = document
      },
    },
  }
}

function open(folder: string, name: string): ElectronStore<Record<string, unknown>> {
  try {
    return new ElectronStore<Record<string, unknown>>({
      name,
      cwd: folder,
      configFileMode: 0o600,
      // `true` would silently replace what cannot be parsed by `{}`.
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
    })
  } catch {
    throw deskError('load_failed')
  }
}

/** Looks before electron-store does: it would turn a list into an object and write that back. */
function setAsideIfDamaged(folder: string, fileName: string, now: Date): string | null {
  const path = join(folder, fileName)
  if (!existsSync(path)) return null
  try {
    if (isDocument(readFileSync(path, 'utf8'))) return null
    const damaged = `${fileName}.corrupt-${now.toISOString().replace(/[:.]/g, '-')}`
    renameSync(path, join(folder, damaged))
    return damaged
  } catch {
    throw deskError('load_failed')
  }
}

function isDocument(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
