import { realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import { IMPORT_LIMITS } from '../../shared/import-views.js'
import { deskError } from '../core/desk-error.js'
import { readKeyFile, readWholeFile } from './read-key-file.js'

export interface ConfigurationFiles {
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[]
  readonly beside: (index: number, name: string) => Promise<Buffer | null>
}

/**
 * Lets the user choose configurations and reads them here.
 *
 * @returns `null` when the user cancelled
 * @throws DeskError `import_unreadable`, `import_too_large`
 */
export async function chooseConfigurationFiles(window: BrowserWindow): Promise<ConfigurationFiles | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import profiles',
    // Without it macOS hides a `.env`.
    properties: ['openFile', 'multiSelections', 'showHiddenFiles'],
    filters: [{ name: 'All files', extensions: ['*'] }],
  })
  return canceled || filePaths.length === 0 ? null : readConfigurationFiles(filePaths)
}

export async function readConfigurationFiles(paths: readonly string[]): Promise<ConfigurationFiles> {
  if (paths.length > IMPORT_LIMITS.files) throw deskError('import_too_large')
  const files = []
  for (const path of paths) files.push({ name: basename(path), bytes: await readOne(path) })
  return {
    files,
    async beside(index, name) {
      const chosen = paths[index]
      return chosen === undefined ? null : keyBeside(dirname(chosen), name)
    },
  }
}

async function readOne(path: string): Promise<Buffer> {
  return readWholeFile(path, IMPORT_LIMITS.fileBytes, {
    unreadable: () => deskError('import_unreadable', { message: 'The file could not be read.' }),
    tooLarge: () => deskError('import_too_large'),
  })
}

/** A configuration names its key; whoever wrote it may not thereby reach for a file elsewhere, nor by a link. */
async function keyBeside(folder: string, name: string): Promise<Buffer | null> {
  if (basename(name) !== name || name === '.' || name === '..') return null
  try {
    const path = await realpath(join(folder, name))
    if (dirname(path) !== (await realpath(folder))) return null
    return await readKeyFile(path)
  } catch {
    // Not there, or not to be read: the preview says that there is no key.
    return null
  }
}
