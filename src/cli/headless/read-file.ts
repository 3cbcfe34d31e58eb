import { closeSync, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { MAX_KEY_BYTES } from '../../main/core/private-key.js'
import { IMPORT_LIMITS } from '../../shared/import-views.js'
import { EXIT } from '../exit-codes.js'
import { Failure } from '../failure.js'

/** @throws Failure */
export const readConfiguration = (path: string): Buffer => readWhole(path, IMPORT_LIMITS.fileBytes, 'a configuration')

/** To be zeroed after use. @throws Failure */
export const readKey = (path: string): Buffer => readWhole(path, MAX_KEY_BYTES, 'a private key')

/**
 * A key that a configuration names, from beside it; `null` where there is none. Whoever wrote the configuration may not
 * thereby reach for a file elsewhere, nor by a link.
 */
export function readKeyBeside(configuration: string, name: string): Buffer | null {
  if (basename(name) !== name || name === '.' || name === '..') return null
  try {
    const folder = realpathSync(dirname(configuration))
    const path = realpathSync(join(folder, name))
    return dirname(path) === folder ? readKey(path) : null
  } catch {
    return null
  }
}

function readWhole(path: string, maxBytes: number, what: string): Buffer {
  const refuse = (why: string) => new Failure(EXIT.usage, `${path}: ${why}.`)
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
