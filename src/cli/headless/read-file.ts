import { closeSync, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { MAX_KEY_BYTES } from '../../main/core/private-key.js'
import { IMPORT_LIMITS } from '../../shared/import-views.js'
import { EXIT } from '../exit-codes.js'
import { Failure } from '../failure.js'
import { repeatedPath } from '../output.js'

/** Whoever gives a file gives its name, or by mistake what is in it. */
export const calledFile = (path: string): string => repeatedPath(path, 'The file given with --from-file')

/** @throws Failure */
export const readConfiguration = (path: string): Buffer =>
  readWhole(path, IMPORT_LIMITS.fileBytes, 'a configuration', calledFile(path))

/**
 * To be zeroed after use.
 * @param called what messages call the file: never by a variable's value, which is the key itself where the two kinds of
 *   variables were mixed up
 * @throws Failure
 */
export const readKey = (path: string, called: string): Buffer => readWhole(path, MAX_KEY_BYTES, 'a private key', called)

/**
 * A key that a configuration names, from beside it; `null` where there is none. Whoever wrote the configuration may not
 * thereby reach for a file elsewhere, nor by a link.
 */
export function readKeyBeside(configuration: string, name: string): Buffer | null {
  if (basename(name) !== name || name === '.' || name === '..') return null
  try {
    const folder = realpathSync(dirname(configuration))
    const path = realpathSync(join(folder, name))
    return dirname(path) === folder ? readKey(path, 'The key file') : null
  } catch {
    return null
  }
}

function readWhole(path: string, maxBytes: number, what: string, called: string): Buffer {
  const refuse = (why: string) => new Failure(EXIT.usage, `${called}: ${why}.`)
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (thrown) {
    throw refuse(`cannot be read (${(thrown as NodeJS.ErrnoException).code ?? 'unknown'})`)
  }
  try {
    const found = fstatSync(file)
    if (found.isDirectory()) throw refuse('is a folder')
    if (found.size > maxBytes) throw refuse(`is too large for ${what}`)
    // Also what has no size of its own, as `<(command)` has not: a pipe.
    const bytes = readFileSync(file)
    if (bytes.length > maxBytes) throw refuse(`is too large for ${what}`)
    return bytes
  } finally {
    closeSync(file)
  }
}
