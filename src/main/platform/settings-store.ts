import ElectronStore from 'electron-store'
import { deskError } from '../core/desk-error.js'
import { load, moveAway, type OpenedStore } from './document-store.js'

/**
 * Opens `<folder>/settings.json` through electron-store, which is made for preferences. Keys and profiles go another way,
 * for the reason in write-whole.ts: what is said to be saved of them must be there.
 *
 * @throws DeskError `load_failed`
 */
export function openSettingsStore(folder: string, now: Date): OpenedStore {
  const loaded = load(folder, 'settings.json', now)
  const { store, setAside } = open(folder, now, loaded.setAside)
  // electron-store reads the file anew at each access. This process is the only writer, so memory is as true.
  let current = store.store
  return {
    setAside,
    store: {
      read: () => current,
      write(document) {
        try {
          store.store = document
          // Read back: a disk that is full cuts the file off and says nothing.
          if (JSON.stringify(store.store) !== JSON.stringify(document)) throw new Error('cut off')
        } catch {
          throw deskError('save_failed')
        }
        current = document
      },
    },
  }
}

function open(folder: string, now: Date, setAside: string | null) {
  const make = () =>
    new ElectronStore<Record<string, unknown>>({
      name: 'settings',
      cwd: folder,
      configFileMode: 0o600,
      // `true` would silently replace what cannot be parsed by `{}`.
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
    })
  try {
    return { store: make(), setAside }
  } catch {
    // It is stricter than we are: a document with NULs behind it, left by a power cut, is damaged to it.
    try {
      const damaged = moveAway(folder, 'settings.json', now)
      return { store: make(), setAside: damaged }
    } catch {
      throw deskError('load_failed')
    }
  }
}
