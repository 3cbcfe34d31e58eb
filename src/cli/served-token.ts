import type { ServedToken } from '../shared/command-line.js'
import type { CopyFormat } from '../shared/copy-formats.js'
import { chooseProfile } from './choose-profile.js'
import { usageFailure } from './failure.js'
import type { Parsed } from './parse.js'
import { anApp } from './start-app.js'

/**
 * A token from the app, or headless.
 * @param accountNeeded whether what is made of it names the account
 * @throws Failure
 */
export async function getToken(parsed: Parsed, format: CopyFormat, accountNeeded: boolean): Promise<ServedToken> {
  const { operand, text, texts, flag, command } = parsed
  const files = texts('from-file')
  const environment = text('env')
  if (!flag('from-env') && files.length === 0) {
    const app = await anApp({ dataFolder: text('data-folder'), mayStart: !flag('no-start') })
    const profile = chooseProfile(app.profiles, { name: operand, environment })
    return app.token(profile, format, flag('fresh'))
  }
  if (text('data-folder') !== undefined || flag('no-start')) {
    throw usageFailure('--data-folder and --no-start are for the app, which --from-env does not ask.', command.name)
  }
  if (operand !== undefined && files.length === 0) {
    throw usageFailure('Variables have no profile name: it goes with --from-file only.', command.name)
  }
  // The core with its parsers and docusign-esign is loaded for this only.
  const { headlessToken } = await import('./headless/token.js')
  return headlessToken({ files, name: operand, environment, format, accountNeeded, env: process.env })
}
