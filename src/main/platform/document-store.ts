import { existsSync, renameSync } from 'node:fs'
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
 * @throws DeskError `save_failed` when the damaged file cannot be moved away
 */
export function openDocumentStore(folder: string, name: string, now: Date): OpenedStore {
  const open = () =>
    new ElectronStore<Record<string, unknown>>({
      name,
      cwd: folder,
      configFileMode: 0o600,
      // `true` would silently replace what cannot be parsed by `{}`.
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
    })
  const path = join(folder, `${name}.json`)
  let setAside: string | null = null
  let store: ReturnType<typeof open>
  try {
    store = open()
    if (!isDocument(store.store)) throw new SyntaxError('not an object')
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError) || !existsSync(path)) throw deskError('save_failed')
    setAside = `${name}.json.corrupt-${now.toISOString().replace(/[:.]/g, '-')}`
    try {
      renameSync(path, join(folder, setAside))
      store = open()
    } catch {
      throw deskError('save_failed')
    }
  }
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

function isDocument(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
