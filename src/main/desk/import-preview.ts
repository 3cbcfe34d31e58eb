import { ENVIRONMENT_IDS, type EnvironmentId } from '../../shared/environments.js'
import type { ImportCandidate, ImportChoice } from '../../shared/import-views.js'
import { ASSERTION_LIFETIME_S, defaultScopes, profileProblems } from '../../shared/profile-rules.js'
import type { ProfileFields, ProfileInput } from '../../shared/views.js'
import { deskError } from '../core/desk-error.js'
import type { Candidate } from '../core/import/candidate.js'
import type { Sealing } from '../core/import/team-file.js'
import type { SealedBytes } from '../core/key-envelope.js'
import type { ParsedKey } from '../core/private-key.js'
import type { Profile } from '../core/profiles.js'

/** A candidate with its key, as it waits for the user's choice. */
export interface StagedCandidate {
  readonly fileName: string
  readonly fields: Candidate['fields']
  readonly environment: EnvironmentId | null
  readonly notes: readonly string[]
  readonly key: ParsedKey | null
  readonly sealed: SealedBytes | null
  readonly sealing: Sealing | null
  /** What a sealed key is bound to. */
  readonly asWritten: ProfileFields
}

/** The user can name a profile and its ids in the preview; the rest has to be right by itself, or gives way. */
export function usable(
  candidate: Candidate,
  keyNote: string | null,
): Pick<StagedCandidate, 'fields' | 'environment' | 'notes' | 'sealed' | 'asWritten'> {
  const { fields, environment, sealedKey } = candidate
  const notes = [...candidate.notes, ...(keyNote === null ? [] : [keyNote])]
  const wrong = profileProblems({ ...fields, environment: environment ?? 'demo' })
  const mended = { ...fields }
  if (wrong.scopes !== undefined) {
    notes.push('Its scopes cannot be used: the usual ones stand in.')
    mended.scopes = defaultScopes(fields.grant)
  }
  if (wrong.assertionLifetimeS !== undefined) mended.assertionLifetimeS = ASSERTION_LIFETIME_S.default
  if (wrong.redirectUri !== undefined) {
    notes.push('Its redirect URI cannot be used and is left out.')
    mended.redirectUri = ''
  }
  const lost = environment === 'custom' && !isCustom(mended)
  if (lost) notes.push('Its hosts cannot be used.')
  return {
    fields: mended,
    environment: lost ? null : environment,
    notes,
    sealed: sealedKey,
    asWritten: { ...fields, environment: environment ?? 'demo' },
  }
}

/** Whether the file's own hosts make a custom environment: Docusign's production hosts never do. */
function isCustom(fields: Candidate['fields']): boolean {
  const { oauthHost, restBasePath } = profileProblems({ ...fields, environment: 'custom' })
  return oauthHost === undefined && restBasePath === undefined
}

const environmentsOf = ({ fields }: StagedCandidate): EnvironmentId[] =>
  ENVIRONMENT_IDS.filter((id) => id !== 'custom' || isCustom(fields))

export function previewOf(staged: StagedCandidate, profiles: readonly Profile[]): ImportCandidate {
  const { fileName, fields, environment, key, sealed } = staged
  const { name, integrationKey, userId, grant, scopes, oauthHost, restBasePath } = fields
  const twin = profiles.find(
    (profile) =>
      profile.environment === environment &&
      profile.integrationKey === integrationKey.toLowerCase() &&
      profile.userId === userId.toLowerCase(),
  )
  return {
    fileName,
    name,
    environment,
    environments: environmentsOf(staged),
    integrationKey,
    userId,
    grant,
    scopes,
    oauthHost,
    restBasePath,
    key: key && { fingerprint: key.fingerprint, bits: key.bits },
    keySealed: sealed !== null && key === null,
    notes: twin ? [...staged.notes, `“${twin.name}” has the same integration key and user already.`] : staged.notes,
  }
}

/**
 * What the choices make of the candidates.
 * @throws DeskError `profile_invalid` with `<index>.<field>` for everything that is wrong; `bad_request` for choices of
 *   what was never offered
 */
export function choicesToInputs(
  choices: readonly ImportChoice[],
  candidates: readonly StagedCandidate[],
  profiles: readonly Profile[],
): { input: ProfileInput; key: ParsedKey | null }[] {
  const problems: Record<string, string> = {}
  const names = new Set(profiles.map(({ name }) => name.toLowerCase()))
  const seen = new Set<number>()
  const entries = choices.map(({ index, ...chosen }) => {
    const candidate = candidates[index]
    if (!candidate || seen.has(index) || !environmentsOf(candidate).includes(chosen.environment))
      throw deskError('bad_request')
    seen.add(index)
    const input: ProfileInput = { ...candidate.fields, ...chosen }
    const name = input.name.trim().toLowerCase()
    const found = profileProblems(input)
    if (names.has(name)) found.name = 'Another profile has this name.'
    names.add(name)
    for (const [field, problem] of Object.entries(found)) problems[`${index}.${field}`] = problem
    return { input, key: candidate.key }
  })
  if (Object.keys(problems).length > 0) {
    throw deskError('profile_invalid', {
      message: 'Nothing was imported: some profiles cannot be saved as they are.',
      fields: problems,
    })
  }
  return entries
}
