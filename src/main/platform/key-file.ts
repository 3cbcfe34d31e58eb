import { type BrowserWindow, dialog } from 'electron'
import { readKeyFile } from './read-key-file.js'

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
