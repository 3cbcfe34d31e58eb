import { COMMANDS, type Command, HELP, type Option, VERSION } from './commands.js'
import { EXEC_EXIT_TEXT, EXIT_TEXTS } from './exit-codes.js'

export function helpText(command: Command | null): string {
  return command ? commandHelp(command) : overview()
}

function overview(): string {
  return `Usage: tokendesk <command> [option ...]

Docusign access tokens for scripts and programs, from the running Token Desk. Where none runs it is started without a
window.

Commands:
${table(COMMANDS.map(({ name, operands, summary }) => [`${name} ${shortened(operands)}`.trim(), summary]))}

Options:
${optionTable([HELP, VERSION])}
  Each command has a --help of its own.

${exitCodes()}`
}

function commandHelp({ name, operands, summary, details, options, readsVariables, takesCommand }: Command): string {
  const usage = ['tokendesk', name, options.length > 0 ? '[option ...]' : '', operands].filter(Boolean).join(' ')
  return `Usage: ${usage}

${wrapped(`${summary} ${details}`)}

Options:
${optionTable([...options, HELP])}
${readsVariables ? `\n${VARIABLES}` : ''}
${exitCodes()}${takesCommand ? `${wrapped(EXEC_EXIT_TEXT)}\n` : ''}`
}

const shortened = (operands: string) => operands.replace(' [argument ...]', ' …')

const optionTable = (options: readonly Option[]) =>
  table(options.map(({ name, short, value, summary }) => [spelled(name, short, value), summary]))

const spelled = (name: string, short?: string, value?: string) =>
  `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}

const WIDTH = 100

function wrapped(text: string): string {
  const lines = ['']
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? ''
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + word.length < WIDTH) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}

const exitCodes = () => `Exit codes:
${table(Object.entries(EXIT_TEXTS))}
`

/** What `--from-env` reads. */
export const VARIABLE_TEXTS: Readonly<Record<string, string>> = {
  DOCUSIGN_ENVIRONMENT: 'demo, production or custom. Needed unless DOCUSIGN_OAUTH_HOST is one of Docusign’s own.',
  DOCUSIGN_INTEGRATION_KEY: 'The integration key.',
  DOCUSIGN_USER_ID: 'The User ID to act for.',
  DOCUSIGN_PRIVATE_KEY: 'The RSA private key: PEM, also on one line with \\n, or base64 of it.',
  DOCUSIGN_PRIVATE_KEY_FILE: 'A file with the key, instead.',
  DOCUSIGN_PRIVATE_KEY_PASSPHRASE: 'For an encrypted key.',
  DOCUSIGN_SCOPES: 'Scopes, with spaces between (default: signature impersonation).',
  DOCUSIGN_OAUTH_HOST: 'Custom environment: the bare OAuth host.',
  DOCUSIGN_BASE_PATH: 'Custom environment: the REST base path.',
  DOCUSIGN_ACCOUNT_ID: 'The account to work in (default: the user’s own default).',
}

const VARIABLES = `Variables of --from-env:
${table(Object.entries(VARIABLE_TEXTS))}
`
