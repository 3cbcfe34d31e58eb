import { type FileHandle, open } from 'node:fs/promises'
import { type BrowserWindow, dialog } from 'electron'
import { DeskError, deskError } from '../core/desk-error.js'
import { MAX_KEY_BYTES } from '../core/private-key.js'

/**
 * Lets the user choose a key file and reads it here, so that its text never passes through the window.
 *
 * @returns the bytes, for the caller to zero, or `null` when the user cancelled
 * @throws DeskError `key_file_unreadable`, `key_file_too_large`
 */
export async function chooseKeyFile(window: BrowserWindow): Promise<Buffer | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Load private key',
    properties: ['openFile'],
    filters: [
      { name: 'Keys', extensions: ['pem', 'key', 'txt', 'der', 'p8', 'pk8'] },
      { name: 'All files', extensions: ['*'] },
    ],
  })
  const [path] = filePaths
  return canceled || path === undefined ? null : readKeyFile(path)
}

/** Exported for its tests. */
export async function readKeyFile(path: string): Promise<Buffer> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    const stats = await file.stat()
    if (!stats.isFile()) throw deskError('key_file_unreadable')
    if (stats.size > MAX_KEY_BYTES) throw deskError('key_file_too_large')
    return await file.readFile()
  } catch (thrown) {
    throw thrown instanceof DeskError ? thrown : deskError('key_file_unreadable')
  } finally {
    await file?.close()
  }
}
