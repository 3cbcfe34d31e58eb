import type { CopyFormat } from '../shared/copy-formats.js'
import { FORMAT_OPTIONS } from './commands.js'
import { EXIT } from './exit-codes.js'
import { usageFailure } from './failure.js'
import { write } from './output.js'
import type { Parsed } from './parse.js'
import { getToken } from './served-token.js'

/** `tokendesk token` */
export async function runToken(parsed: Parsed): Promise<number> {
  const format = formatOf(parsed)
  const { text } = await getToken(parsed, format, format !== 'raw' && format !== 'header')
  await write(text.endsWith('\n') ? text : `${text}\n`)
  return EXIT.ok
}

function formatOf({ flag, command }: Parsed): CopyFormat {
  const [given, another] = Object.entries(FORMAT_OPTIONS).filter(([name]) => flag(name))
  if (given && another) throw usageFailure(`Give one of --${given[0]} and --${another[0]}.`, command.name)
  return given ? given[1] : 'raw'
}
