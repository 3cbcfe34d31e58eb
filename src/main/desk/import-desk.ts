import { randomUUID } from 'node:crypto'
import {
  IMPORT_LIMITS,
  type ImportChoice,
  type ImportFile,
  type ImportPreview,
  type ImportReport,
} from '../../shared/import-views.js'
import { DeskError, deskError } from '../core/desk-error.js'
import { type FoundKey, findKey, type KeyFile, looksLikeKey } from '../core/import/find-key.js'
import { readImport } from '../core/import/read-import.js'
import { openTeamKeys } from '../core/import/seal-team-keys.js'
import type { Sealing } from '../core/import/team-file.js'
import { addProfiles, type ProfileAdder } from './add-profiles.js'
import { choicesToInputs, previewOf, type StagedCandidate, usable } from './import-preview.js'

/** Files as chosen or dropped. */
export interface ChosenFiles {
  readonly files: readonly ImportFile[]
  /** The bytes of a file with that bare name in the folder of `files[index]`, for the caller to zero; `null` if there is none. */
  readonly beside: (index: number, name: string) => Promise<Uint8Array | null>
}

/** Imports that were read but not yet applied. Like the key desk, it keeps keys in main: the window holds an id. */
export interface ImportDesk {
  /** @throws DeskError `import_unreadable`, `import_too_large`, `import_unknown` where no file gave anything */
  stage(chosen: ChosenFiles): Promise<ImportPreview>
  /** @throws DeskError `import_not_staged`, `passphrase_wrong`: the import stays staged for another try */
  unlock(stagedImportId: string, passphrase: string): Promise<ImportPreview>
  /**
   * Saves the chosen ones as new profiles with their keys: all of them, or none. No profile is ever overwritten.
   * @throws DeskError `import_not_staged`, `profile_invalid` with `<index>.<field>`, `save_failed`; it stays staged then
   */
  apply(stagedImportId: string, choices: readonly ImportChoice[]): Promise<ImportReport>
  discard(stagedImportId: string): void
}

interface Staged {
  readonly candidates: readonly StagedCandidate[]
  readonly refused: ImportPreview['refused']
}

/** The window shows one at a time; the oldest makes room, so that none piles up here. */
const MAX_STAGED = 2

export function createImportDesk(desk: ProfileAdder): ImportDesk {
  const staged = new Map<string, Staged>()

  function find(id: string): Staged {
    const found = staged.get(id)
    if (!found) throw deskError('import_not_staged')
    return found
  }
  const preview = (id: string, { candidates, refused }: Staged): ImportPreview => ({
    stagedImportId: id,
    candidates: candidates.map((candidate) => previewOf(candidate, desk.profiles.list())),
    refused,
  })

  return {
    async stage(chosen) {
      const read = await readAll(chosen)
      const [oldest] = staged.keys()
      if (staged.size >= MAX_STAGED && oldest !== undefined) staged.delete(oldest)
      const id = randomUUID()
      staged.set(id, read)
      return preview(id, read)
    },

    async unlock(id, passphrase) {
      const { candidates, refused } = find(id)
      const opened = await unlockAll(candidates, passphrase)
      // It may have been given up meanwhile.
      find(id)
      const next = { candidates: opened, refused }
      staged.set(id, next)
      return preview(id, next)
    },

    async apply(id, choices) {
      const present = find(id)
      const entries = choicesToInputs(choices, present.candidates, desk.profiles.list())
      // A second press must not save everything twice.
      staged.delete(id)
      try {
        const saved = await addProfiles(desk, entries)
        return { profileIds: saved, withKey: entries.filter(({ key }) => key !== null).length }
      } catch (thrown) {
        staged.set(id, present)
        throw thrown
      }
    },

    discard: (id) => void staged.delete(id),
  }
}

async function readAll({ files, beside }: ChosenFiles): Promise<Staged> {
  const refused: { fileName: string; message: string; error: DeskError }[] = []
  const keyFiles: KeyFile[] = []
  const found: { index: number; fileName: string; sealing: Sealing | null; candidate: Parameters<typeof usable>[0] }[] =
    []
  files.forEach(({ name, bytes }, index) => {
    try {
      const { candidates, sealing } = readImport(name, bytes)
      for (const candidate of candidates) found.push({ index, fileName: baseName(name), sealing, candidate })
    } catch (thrown) {
      if (!(thrown instanceof DeskError)) throw thrown
      if (looksLikeKey(bytes)) keyFiles.push({ name: baseName(name), bytes })
      else refused.push({ fileName: baseName(name), message: thrown.appError.message, error: thrown })
    }
  })
  const [firstRefused] = refused
  if (found.length === 0) {
    throw (
      firstRefused?.error ??
      deskError('import_unknown', {
        message: 'This is a key, not a configuration.',
        hint: 'Open its profile and load it there, or choose it together with the configuration that names it.',
      })
    )
  }
  if (found.length > IMPORT_LIMITS.profiles) throw deskError('import_too_large')
  const candidates: StagedCandidate[] = []
  for (const { index, fileName, sealing, candidate } of found) {
    const isOnly = found.length === 1
    const key: FoundKey = candidate.sealedKey
      ? { key: null, note: null }
      : await findKey(candidate, { isOnly, keyFiles, beside: (name) => beside(index, name) })
    candidates.push({ fileName, sealing, key: key.key, ...usable(candidate, key.note) })
  }
  return { candidates, refused: refused.map(({ fileName, message }) => ({ fileName, message })) }
}

/** Each file that was sealed has a passphrase of its own: what this one opens is opened, and it has to open something. */
async function unlockAll(candidates: readonly StagedCandidate[], passphrase: string): Promise<StagedCandidate[]> {
  let next = [...candidates]
  let refusal: unknown = deskError('passphrase_wrong')
  let opened = false
  for (const sealing of new Set(candidates.flatMap((candidate) => candidate.sealing ?? []))) {
    const waiting = next.flatMap((candidate) =>
      candidate.sealing === sealing && candidate.sealed && candidate.key === null
        ? [{ candidate, fields: candidate.asWritten, sealed: candidate.sealed }]
        : [],
    )
    if (waiting.length === 0) continue
    try {
      const keys = await openTeamKeys(passphrase, sealing, waiting)
      const keyOf = new Map(waiting.map(({ candidate }, at) => [candidate, keys[at] ?? null]))
      next = next.map((candidate) => ({ ...candidate, key: keyOf.get(candidate) ?? candidate.key }))
      opened = true
    } catch (thrown) {
      refusal = thrown
    }
  }
  if (!opened) throw refusal
  return next
}

const baseName = (name: string): string => (name.split(/[/\\]/).at(-1) ?? '').slice(0, 255)
