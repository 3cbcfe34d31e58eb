import type { EnvironmentId } from './environments.js'
import type { GrantKind } from './views.js'

/** What the window sees of an import before anything is saved. Keys and texts of the files stay in main. */

export const IMPORT_LIMITS = { fileBytes: 1024 * 1024, files: 20, profiles: 1000 } as const

/** A dropped file. */
export interface ImportFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ImportCandidate {
  readonly fileName: string
  readonly name: string
  /** `null`: the file does not say, so the user has to. */
  readonly environment: EnvironmentId | null
  /** What may be chosen: `custom` only where the file names usable hosts. */
  readonly environments: readonly EnvironmentId[]
  readonly integrationKey: string
  readonly userId: string
  readonly grant: GrantKind
  readonly scopes: readonly string[]
  /** As the file names them; empty where it does not. */
  readonly oauthHost: string
  readonly restBasePath: string
  readonly key: { readonly fingerprint: string; readonly bits: number } | null
  /** The file holds a key for it that a passphrase opens. */
  readonly keySealed: boolean
  /** What the user should know of it, as sentences. */
  readonly notes: readonly string[]
}

export interface ImportPreview {
  readonly stagedImportId: string
  readonly candidates: readonly ImportCandidate[]
  /** Files of the same choice that gave nothing, with the reason. */
  readonly refused: readonly { readonly fileName: string; readonly message: string }[]
}

/** What becomes of one candidate; one that is not among the choices is left out. */
export interface ImportChoice {
  /** Place in the preview's list. */
  readonly index: number
  readonly name: string
  readonly environment: EnvironmentId
  readonly integrationKey: string
  readonly userId: string
}

export interface ImportReport {
  readonly profileIds: readonly string[]
  readonly withKey: number
}

export interface ExportReport {
  /** Where the file lies now. */
  readonly path: string
  readonly profiles: number
  readonly keys: number
}

const CONFIGURATION = /(^|[./\\])env([.-][\w.-]+)?$|\.(env|json|config|xml|properties|ini|conf|js|cjs|mjs|ts|py|php)$/i

/** Whether a file's name is one of a configuration's. A key file's is not. */
export function isConfigurationName(name: string): boolean {
  return CONFIGURATION.test(name)
}
