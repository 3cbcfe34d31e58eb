import { parseArgs } from 'node:util'
import { COMMANDS, type Command, commandOf, HELP, VERSION } from './commands.js'
import { usageFailure } from './failure.js'
import { nearest } from './nearest.js'
import { repeated } from './output.js'

export interface Parsed {
  readonly command: Command
  readonly flag: (name: string) => boolean
  readonly text: (name: string) => string | undefined
  readonly texts: (name: string) => readonly string[]
  /** At most one. */
  readonly operand: string | undefined
  /** What stands after `--`; `null` where there is none. */
  readonly rest: readonly string[] | null
}

export type Request = { readonly kind: 'help'; readonly command: Command | null } | { readonly kind: 'version' } | Run
export interface Run {
  readonly kind: 'run'
  readonly parsed: Parsed
}

/**
 * @param argv without Node and the script
 * @throws Failure of usage
 */
export function parse(argv: readonly string[]): Request {
  const [name, ...args] = argv
  if (name === undefined) throw usageFailure('Say what to do.')
  if (name === `--${HELP.name}` || name === `-${HELP.short}`) return { kind: 'help', command: null }
  if (name === `--${VERSION.name}`) return { kind: 'version' }
  const command = commandNamed(name)
  if (command.passesOn) return { kind: 'run', parsed: { ...NOTHING, command, rest: args } }
  const end = args.indexOf('--')
  const own = end === -1 ? args : args.slice(0, end)
  const { values, positionals } = parseOwn(command, own)
  if (values[HELP.name]) return { kind: 'help', command }
  const [operand, extra] = positionals
  if (extra !== undefined || (operand !== undefined && command.operand === null)) {
    const hint = command.takesCommand && end === -1 ? ' Put “--” before the command.' : ''
    throw usageFailure(`Unexpected argument${behind(extra ?? operand ?? '')}.${hint}`, command.name)
  }
  const rest = end === -1 ? null : args.slice(end + 1)
  if (rest !== null && !command.takesCommand) throw usageFailure('Nothing follows “--” here.', command.name)
  return { kind: 'run', parsed: { ...readersOf(values), command, operand, rest } }
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>

function readersOf(values: Values): Pick<Parsed, 'flag' | 'text' | 'texts'> {
  return {
    flag: (name) => values[name] === true,
    text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
    texts: (name) => [values[name] ?? []].flat().filter((value) => typeof value === 'string'),
  }
}

const NOTHING = { ...readersOf({}), operand: undefined }

function parseOwn(command: Command, args: readonly string[]): { values: Values; positionals: string[] } {
  const options = Object.fromEntries(
    [...command.options, HELP].map(({ name, short, value, repeatable }) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short === undefined ? {} : { short }),
        ...(repeatable ? { multiple: true } : {}),
      },
    ]),
  )
  let parsed: { values: Values; positionals: string[] }
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (thrown) {
    throw usageFailure(wordsOf(thrown), command.name)
  }
  for (const { name, choices } of command.options) {
    const value = parsed.values[name]
    if ([value].flat().includes('')) throw usageFailure(`A value is missing after --${name}.`, command.name)
    if (choices && typeof value === 'string' && !choices.includes(value)) {
      throw usageFailure(`--${name} takes one of: ${choices.join(', ')}.`, command.name)
    }
  }
  return parsed
}

/** Node's own words run over several lines of advice. */
function wordsOf(thrown: unknown): string {
  const { code, message = '' } = thrown as NodeJS.ErrnoException
  const option = /'(-[^' ]*)/.exec(message)?.[1] ?? ''
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') return `Unknown option${behind(option)}.`
  const needsValue = /argument missing|ambiguous/.test(message)
  return `${needsValue ? `A value is missing after ${option}` : `${option} takes no value`}.`
}

const behind = (typed: string) => repeated(`: ${typed}`, '')

/** @throws Failure of usage */
export function commandNamed(name: string): Command {
  const command = commandOf(name)
  if (command) return command
  const names = COMMANDS.map((command) => command.name)
  const near = name.startsWith('-') ? null : nearest(name, names)
  const what = name.startsWith('-') ? 'option' : 'command'
  throw usageFailure(`Unknown ${what}${behind(name)}.${near ? ` Did you mean ${near}?` : ''}`)
}
