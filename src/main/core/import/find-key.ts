import { DeskError } from '../desk-error.js'
import { MAX_KEY_BYTES, type ParsedKey, readPrivateKey } from '../private-key.js'
import type { Candidate } from './candidate.js'

export interface KeyFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface FoundKey {
  readonly key: ParsedKey | null
  /** Why there is none, where one was to be expected. */
  readonly note: string | null
}

interface Surroundings {
  /** Whether this is the only profile of the import: then a key file without a name belongs to it. */
  readonly isOnly: boolean
  readonly keyFiles: readonly KeyFile[]
  readonly beside: (name: string) => Promise<Uint8Array | null>
}

/** What Docusign's starters and its Apps and Keys guide call the file. */
export const USUAL_KEY_NAMES = [
  'private.key',
  'private.pem',
  'private_key.pem',
  'private_key.txt',
  'docusign_private_key.txt',
  'ds_private_key.txt',
]

/** The key of a candidate: written in the configuration, in the file that it names, or in the one that lies beside it. */
export async function findKey({ keyText, keyFileName }: Candidate, around: Surroundings): Promise<FoundKey> {
  if (keyText !== null) return readKey(keyText, 'The key in this file')
  const names = keyFileName === null ? (around.isOnly ? USUAL_KEY_NAMES : []) : [keyFileName]
  for (const name of names) {
    const given = around.keyFiles.find((file) => file.name.toLowerCase() === name.toLowerCase())
    if (given) return readKey(given.bytes, 'The key file')
  }
  const [only, ...others] = around.keyFiles
  if (around.isOnly && only && others.length === 0) return readKey(only.bytes, 'The key file')
  for (const name of names) {
    const bytes = await around.beside(name)
    if (!bytes) continue
    try {
      return readKey(bytes, 'The key file beside it')
    } finally {
      bytes.fill(0)
    }
  }
  return {
    key: null,
    note:
      keyFileName === null ? null : 'The key file that it names is not here: load the key in the profile afterwards.',
  }
}

/** Whether a file that is no configuration may be a key. What it really is comes out when it is read. */
export function looksLikeKey(bytes: Uint8Array): boolean {
  if (bytes.length > MAX_KEY_BYTES) return false
  if (bytes[0] === 0x30 && bytes[1] === 0x82) return true
  // A view and not a copy, which nobody would zero.
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return /-----BEGIN [A-Z ]*PRIVATE KEY/.test(view.toString('latin1').replaceAll('\0', ''))
}

function readKey(source: Uint8Array | string, what: string): FoundKey {
  try {
    const key = readPrivateKey(source)
    if (key.kind === 'ready') return { key, note: null }
    return { key: null, note: `${what} is encrypted: load it in the profile afterwards.` }
  } catch (thrown) {
    if (!(thrown instanceof DeskError)) throw thrown
    return { key: null, note: `${what} cannot be used. ${thrown.appError.message}` }
  }
}
