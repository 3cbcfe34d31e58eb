import type { CallName } from '../../shared/contract.js'
import type { ExportDesk } from '../desk/export-desk.js'
import type { ChosenFiles, ImportDesk } from '../desk/import-desk.js'
import type { Handlers } from './register.js'

export interface ImportSurroundings {
  readonly imports: ImportDesk
  readonly exports: ExportDesk
  readonly chooseConfigurationFiles: () => Promise<ChosenFiles | null>
}

type ImportCalls = Extract<CallName, `import:${string}` | `export:${string}`>

export function createImportHandlers(surroundings: ImportSurroundings): Pick<Handlers, ImportCalls> {
  // Looked up at each call: tests hand over only what they need.
  const stage = async (chosen: ChosenFiles) => {
    try {
      return await surroundings.imports.stage(chosen)
    } finally {
      for (const { bytes } of chosen.files) bytes.fill(0)
    }
  }
  return {
    'import:chooseFiles': async () => {
      const chosen = await surroundings.chooseConfigurationFiles()
      return chosen && stage(chosen)
    },
    'import:stage': ({ files }) => stage({ files, beside: async () => null }),
    'import:unlock': ({ stagedImportId, passphrase }) => surroundings.imports.unlock(stagedImportId, passphrase),
    'import:apply': ({ stagedImportId, choices }) => surroundings.imports.apply(stagedImportId, choices),
    'import:discard': ({ stagedImportId }) => {
      surroundings.imports.discard(stagedImportId)
      return null
    },
    'export:profiles': ({ profileIds, passphrase }) => surroundings.exports.write(profileIds, passphrase),
  }
}
