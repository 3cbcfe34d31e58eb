import type { ListedProfile } from '../shared/command-line.js'
import { ENVIRONMENTS } from '../shared/environments.js'
import { EXIT } from './exit-codes.js'
import { Failure } from './failure.js'
import { nearest } from './nearest.js'
import { printable, repeated } from './output.js'

interface Wanted {
  readonly name: string | undefined
  /** `--env` */
  readonly environment: string | undefined
}

/**
 * Letter for letter, else whatever the case; never by a part of a name. Without a name the chosen one, but production
 * only where it was asked for.
 * @throws Failure
 */
export function chooseProfile(profiles: readonly ListedProfile[], { name, environment }: Wanted): ListedProfile {
  const fitting = profilesOf(profiles, environment)
  if (name !== undefined) return named(name, fitting, profiles)
  const selected = fitting.find((profile) => profile.selected)
  if (environment !== undefined) return selected ?? theOnly(fitting, environment)
  if (!selected) throw new Failure(EXIT.noProfile, 'There is no profile yet.', 'Make one in Token Desk.')
  if (selected.environment !== 'production') return selected
  throw new Failure(
    EXIT.usage,
    `The profile chosen in the window, “${printable(selected.name)}”, is one of production: it is not taken by default.`,
    'Name it, or give --env production.',
  )
}

/** @param environment `--env`; all of them without it */
export function profilesOf(
  profiles: readonly ListedProfile[],
  environment: string | undefined,
): readonly ListedProfile[] {
  return environment === undefined ? profiles : profiles.filter((profile) => profile.environment === environment)
}

function named(name: string, fitting: readonly ListedProfile[], all: readonly ListedProfile[]): ListedProfile {
  const exact = fitting.filter((profile) => profile.name === name)
  const found = exact.length > 0 ? exact : fitting.filter((profile) => lower(profile.name) === lower(name))
  const [only, another] = found
  if (only && another) {
    throw new Failure(EXIT.noProfile, `More than one profile is called “${printable(name)}”.`, 'Give --env, too.')
  }
  if (only) return only
  const elsewhere = all.find((profile) => lower(profile.name) === lower(name))
  if (elsewhere) {
    const { label } = ENVIRONMENTS[elsewhere.environment]
    throw new Failure(EXIT.noProfile, `“${printable(elsewhere.name)}” is not of that environment: it is ${label}.`)
  }
  const near = nearest(
    name,
    fitting.map((profile) => profile.name),
  )
  throw new Failure(
    EXIT.noProfile,
    `There is no profile ${repeated(`“${name}”`, 'of that name')}.`,
    near === null ? 'tokendesk profiles lists them.' : `Did you mean “${printable(near)}”?`,
  )
}

function theOnly(fitting: readonly ListedProfile[], environment: string): ListedProfile {
  const [only, another] = fitting
  if (!only)
    throw new Failure(EXIT.noProfile, `There is no profile of ${environment}.`, 'tokendesk profiles lists them.')
  if (!another) return only
  throw new Failure(
    EXIT.noProfile,
    `There is more than one profile of ${environment}.`,
    `Name one: ${fitting.map(({ name }) => `“${printable(name)}”`).join(', ')}`,
  )
}

const lower = (text: string) => text.toLowerCase()
