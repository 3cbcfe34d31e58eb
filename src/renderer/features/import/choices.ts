import type { EnvironmentId } from '../../../shared/environments.js'
import type { ImportCandidate, ImportChoice } from '../../../shared/import-views.js'
import { guidHint } from '../../../shared/profile-rules.js'

/** What the user has made of one candidate so far. */
export interface Draft {
  readonly wanted: boolean
  readonly name: string
  /** Empty until the file or the user says. */
  readonly environment: EnvironmentId | ''
  readonly integrationKey: string
  readonly userId: string
}

/** What already has its name is left out, until the user asks for it under another. */
export function draftOf(candidate: ImportCandidate, takenNames: ReadonlySet<string>): Draft {
  const { name, environment, integrationKey, userId } = candidate
  return {
    wanted: !takenNames.has(name.trim().toLowerCase()),
    name,
    environment: environment ?? '',
    integrationKey,
    userId,
  }
}

export type DraftProblems = Partial<Record<'name' | 'environment' | 'integrationKey' | 'userId', string>>

/** One entry per draft; empty for one that may be imported or is not wanted. */
export function draftProblems(
  drafts: readonly Draft[],
  candidates: readonly ImportCandidate[],
  takenNames: ReadonlySet<string>,
): DraftProblems[] {
  const names = new Set(takenNames)
  return drafts.map(({ wanted, name, environment, integrationKey, userId }, index) => {
    const problems: DraftProblems = {}
    if (!wanted) return problems
    const plain = name.trim().toLowerCase()
    if (plain === '') problems.name = 'A profile needs a name.'
    else if (plain.length > 80) problems.name = 'Keep the name to 80 characters.'
    else if (names.has(plain)) problems.name = 'A profile has this name already. Change it, or leave this one out.'
    names.add(plain)
    if (environment === '') problems.environment = 'The file does not say. Choose one.'
    const badKey = guidHint(integrationKey, 'integrationKey')
    if (badKey !== null) problems.integrationKey = badKey
    const badUser = candidates[index]?.grant === 'application' ? null : guidHint(userId, 'userId')
    if (badUser !== null) problems.userId = badUser
    return problems
  })
}

export function choicesOf(drafts: readonly Draft[]): ImportChoice[] {
  return drafts.flatMap(({ wanted, environment, ...draft }, index) =>
    wanted && environment !== '' ? [{ index, environment, ...draft }] : [],
  )
}
