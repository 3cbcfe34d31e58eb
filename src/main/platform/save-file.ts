import { chmod, writeFile } from 'node:fs/promises'
import { type BrowserWindow, dialog } from 'electron'
import { deskError } from '../core/desk-error.js'

/**
 * Asks where to, and writes `text` there for its owner alone.
 *
 * @returns the path, or `null` when the user cancelled
 * @throws DeskError `export_failed`
 */
export async function saveFile(window: BrowserWindow, suggestedName: string, text: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { title: 'Save', defaultPath: suggestedName })
  if (canceled || !filePath) return null
  try {
    await writeFile(filePath, text, { mode: 0o600 })
    // The mode above counts for a new file only.
    await chmod(filePath, 0o600)
    return filePath
  } catch {
    throw deskError('export_failed')
  }
}
