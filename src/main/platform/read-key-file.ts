import { type FileHandle, open } from 'node:fs/promises'
import { DeskError, deskError } from '../core/desk-error.js'
import { MAX_KEY_BYTES } from '../core/private-key.js'

/** @throws DeskError `key_file_unreadable`, `key_file_too_large` */
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
