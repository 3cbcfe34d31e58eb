import { basename } from 'node:path'
import { DeskError } from '../../main/core/desk-error.js'
import type { Candidate } from '../../main/core/import/candidate.js'
import { looksLikeKey } from '../../main/core/import/find-key.js'
import { readImport } from '../../main/core/import/read-import.js'
import { newSection } from '../../main/core/import/settings.js'
import { toCandidates } from '../../main/core/import/to-candidates.js'
import { EXIT } from '../exit-codes.js'
import { Failure } from '../failure.js'
import { isOurs, keyVariables } from '../key-variables.js'
import { printable, repeated } from '../output.js'
import { calledFile, readConfiguration } from './read-file.js'

/** Where a profile comes from when no app is asked. */
export interface ProfileSource {
  readonly candidate: Candidate
  /** The configuration that names it; `null` for variables. */
  readonly path: string | null
  /** Files that were given and are keys. To be zeroed. */
  readonly keyFiles: readonly { readonly path: string; readonly bytes: Buffer }[]
}

/** @throws Failure */
export function sourceFromVariables(env: NodeJS.ProcessEnv): ProfileSource {
  const section = newSection()
  const keys = new Set(keyVariables(env))
  for (const [name, value] of Object.entries(env)) {
    // A key is read as it stands; the import would take a path's last part for a file beside the configuration.
    if (isOurs(name) && !keys.has(name) && value) section.settings.push([name, value])
  }
  const [candidate] = toCandidates(section, 'from the environment')
  if (candidate) return { candidate, path: null, keyFiles: [] }
  throw new Failure(EXIT.usage, 'DOCUSIGN_INTEGRATION_KEY is not set.', 'tokendesk token --help lists the variables.')
}

/**
 * @param name the profile's, where the files hold more than one
 * @throws Failure
 */
export function sourceFromFiles(paths: readonly string[], name: string | undefined): ProfileSource {
  const keyFiles: { path: string; bytes: Buffer }[] = []
  try {
    const found = paths.flatMap((path) => {
      const bytes = readConfiguration(path)
      const candidates = candidatesIn(path, bytes)
      if (candidates) bytes.fill(0)
      else keyFiles.push({ path, bytes })
      return (candidates ?? []).map((candidate) => ({ candidate, path }))
    })
    return { ...theOne(found, name), keyFiles }
  } catch (thrown) {
    for (const { bytes } of keyFiles) bytes.fill(0)
    throw thrown
  }
}

/** `null` for a key. A configuration with a key in it is a configuration. */
function candidatesIn(path: string, bytes: Buffer): readonly Candidate[] | null {
  try {
    return readImport(basename(path), bytes).candidates
  } catch (thrown) {
    if (looksLikeKey(bytes)) return null
    bytes.fill(0)
    if (!(thrown instanceof DeskError)) throw thrown
    throw new Failure(EXIT.usage, `${calledFile(path)}: ${thrown.appError.message}`, undefined, thrown.code)
  }
}

type Found = Pick<ProfileSource, 'candidate' | 'path'>

function theOne(found: readonly Found[], name: string | undefined): Found {
  const wanted = name?.toLowerCase()
  const [only, another] = found.filter(
    ({ candidate }) => wanted === undefined || candidate.fields.name.toLowerCase() === wanted,
  )
  const names = found.map(({ candidate }) => `“${printable(candidate.fields.name)}”`).join(', ')
  if (!only && found.length === 0) {
    throw new Failure(
      EXIT.noProfile,
      'The files hold keys alone, no profile.',
      'Give the configuration with --from-file, too.',
    )
  }
  if (!only)
    throw new Failure(
      EXIT.noProfile,
      `There is no profile ${repeated(`“${name ?? ''}”`, 'of that name')} in the files.`,
      `There are ${names}.`,
    )
  if (another)
    throw new Failure(EXIT.noProfile, 'The files hold more than one profile that fits.', `Name one: ${names}`)
  return only
}
