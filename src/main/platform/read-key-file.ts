import { type FileHandle, open } from 'node:fs/promises'
import { DeskError, deskError } from '../core/desk-error.js'
import { MAX_KEY_BYTES } from '../core/private-key.js'

interface Refusals {
  readonly unreadable: () => DeskError
  readonly tooLarge: () => DeskError
}

/** @throws DeskError `key_file_unreadable`, `key_file_too_large` */
export function readKeyFile(path: string): Promise<Buffer> {
  return readWholeFile(path, MAX_KEY_BYTES, {
    unreadable: () => deskError('key_file_unreadable'),
    tooLarge: () => deskError('key_file_too_large'),
  })
}

/** A regular file of at most `mostBytes`. @throws the given refusals, and nothing else */
export async function readWholeFile(path: string, mostBytes: number, refusals: Refusals): Promise<Buffer> {
  let file: FileHandle | undefined
  try {
    file = await open(path, 'r')
    const stats = await file.stat()
    if (!stats.isFile()) throw refusals.unreadable()
    if (stats.size > mostBytes) throw refusals.tooLarge()
    return await file.readFile()
  } catch (thrown) {
    throw thrown instanceof DeskError ? thrown : refusals.unreadable()
  } finally {
    await file?.close()
  }
}
