import { IMPORT_LIMITS } from '../../../shared/import-views.js'
import { deskError } from '../desk-error.js'
import { readAppConfig } from './app-config.js'
import type { Candidate } from './candidate.js'
import { decodeText } from './decode-text.js'
import { readDotEnv } from './dot-env.js'
import { readJsonSettings } from './json-settings.js'
import { parseJsonText } from './json-text.js'
import { readPostman } from './postman.js'
import { readProperties } from './properties.js'
import type { Section } from './settings.js'
import { readSourceLiterals } from './source-literals.js'
import { readTeamFile, type TeamFile } from './team-file.js'
import { toCandidates } from './to-candidates.js'

const SOURCE_NAME = /\.(js|cjs|mjs|ts|py|php|rb)$/i

/**
 * The profiles that a file may become, whatever its format. Its content decides; its name only where two would fit.
 * @throws DeskError `import_unreadable`, `import_too_large`, `import_unknown`: nothing else, whatever the bytes
 */
export function readImport(fileName: string, bytes: Uint8Array): TeamFile {
  if (bytes.length > IMPORT_LIMITS.fileBytes) throw deskError('import_too_large')
  const text = decodeText(bytes)
  const json = SOURCE_NAME.test(fileName) ? undefined : parseJsonText(text)
  if (json !== undefined) {
    return (
      readTeamFile(json) ?? found(toCandidates(readPostman(json) ?? readJsonSettings(json) ?? empty(), stem(fileName)))
    )
  }
  for (const read of readersFor(fileName)) {
    const section = read(text)
    const candidates = section ? toCandidates(section, stem(fileName)) : []
    if (candidates.length > 0) return found(candidates)
  }
  throw deskError('import_unknown')
}

type Reader = (text: string) => Section | null

function readersFor(fileName: string): readonly Reader[] {
  if (SOURCE_NAME.test(fileName)) return [readSourceLiterals]
  // A `.env` reader would take most of these, and miss `name: value` and lines that go on.
  if (/\.(properties|ini)$/i.test(fileName)) return [readProperties]
  return [readAppConfig, readDotEnv, readProperties]
}

function found(candidates: Candidate[]): TeamFile {
  if (candidates.length === 0) throw deskError('import_unknown')
  if (candidates.length > IMPORT_LIMITS.profiles) throw deskError('import_too_large')
  return { candidates, sealing: null }
}

function empty(): never {
  throw deskError('import_unknown')
}

/** `jwtConfig` of `jwtConfig.json`; `.env` stays whole. */
function stem(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? ''
  return base.replace(/(.)\.[^.]*$/, '$1').trim() || 'Imported'
}
