import { chmod, writeFile } from 'node:fs/promises'
import { type BrowserWindow, dialog } from 'electron'
import { deskError } from '../core/desk-error.js'

/**
 * Lets the user choose where a text goes and writes it there, readable by the user alone.
 *
 * @returns the path, or `null` when the user cancelled
 * @throws DeskError `save_failed`
 */
export async function saveFile(window: BrowserWindow, defaultName: string, text: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: defaultName })
  if (canceled || filePath === '') return null
  try {
    await writeFile(filePath, text, { mode: 0o600 })
    // The mode counts for a new file only.
    await chmod(filePath, 0o600)
    return filePath
  } catch {
    throw deskError('save_failed', { message: 'The file could not be written.', hint: 'Choose another place.' })
  }
}
