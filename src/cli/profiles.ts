import type { ListedProfile } from '../shared/command-line.js'
import { ENVIRONMENTS } from '../shared/environments.js'
import { profilesOf } from './choose-profile.js'
import { EXIT } from './exit-codes.js'
import { usageFailure } from './failure.js'
import { printable, tell, write } from './output.js'
import type { Parsed } from './parse.js'
import { anApp } from './start-app.js'

/** `tokendesk profiles` */
export async function runProfiles({ flag, text, command }: Parsed): Promise<number> {
  if (flag('json') && flag('names')) throw usageFailure('Give one of --json and --names.', command.name)
  const app = await anApp({ dataFolder: text('data-folder'), mayStart: !flag('no-start') })
  const environment = text('env')
  const profiles = profilesOf(app.profiles, environment)
  if (profiles.length === 0 && !flag('json')) {
    tell(environment === undefined ? 'there is no profile yet' : `there is no profile of ${environment}`)
  }
  await write(flag('json') ? asJson(profiles) : flag('names') ? asNames(profiles) : asTable(profiles))
  return EXIT.ok
}

const asJson = (profiles: readonly ListedProfile[]) =>
  `${JSON.stringify(
    profiles.map(({ name, environment, selected, hasKey }) => ({ name, environment, selected, has_key: hasKey })),
    null,
    2,
  )}\n`

/** A name that is more than a line could not be given back. */
const asNames = (profiles: readonly ListedProfile[]) =>
  profiles.flatMap(({ name }) => (printable(name) === name ? `${name}\n` : [])).join('')

function asTable(profiles: readonly ListedProfile[]): string {
  const width = Math.max(0, ...profiles.map(({ name }) => name.length))
  return profiles
    .map(({ name, environment, selected, hasKey }) => {
      const { label } = ENVIRONMENTS[environment]
      return `${selected ? '*' : ' '} ${printable(name).padEnd(width)}  ${label}${hasKey ? '' : '  (no key)'}\n`
    })
    .join('')
}
