import type { EnvironmentId } from '../../../shared/environments.js'
import type { ProfileFields } from '../../../shared/views.js'
import type { SealedBytes } from '../key-envelope.js'

/** A profile that a file may become. Nothing of it is saved yet, and its key is not read yet. */
export interface Candidate {
  readonly fields: Omit<ProfileFields, 'environment'>
  /** `null`: the file does not say. */
  readonly environment: EnvironmentId | null
  /** It names hosts of more than one of Docusign's environments. */
  readonly hasSeveralHosts: boolean
  readonly keyText: string | null
  /** Last part of the path that the file names; only ever looked up beside it. */
  readonly keyFileName: string | null
  readonly sealedKey: SealedBytes | null
  readonly notes: readonly string[]
}
