import type { CopyFormat } from '../shared/copy-formats.js'
import { ENVIRONMENT_IDS } from '../shared/environments.js'

/** Everything that can be typed. Parsing, help and shell completion all read this table. */

export interface Option {
  readonly name: string
  readonly short?: string
  /** What stands for its value in the help; absent for a flag. */
  readonly value?: string
  readonly choices?: readonly string[]
  readonly files?: 'file' | 'folder'
  readonly repeatable?: boolean
  readonly summary: string
}

export type CommandName = 'token' | 'exec' | 'profiles' | 'doctor' | 'simulator' | 'quit' | 'completion' | 'help'

export interface Command {
  readonly name: CommandName
  /** After the name, in the help. */
  readonly operands: string
  readonly summary: string
  readonly details: string
  readonly options: readonly Option[]
  /** What its one operand completes to. */
  readonly operand: 'profile' | 'shell' | 'command' | null
  /** Everything after its name is another program's. */
  readonly passesOn?: boolean
  /** What follows “--” is a command to run. */
  readonly takesCommand?: boolean
  /** It gets a token, and so may get it from variables. */
  readonly readsVariables?: boolean
}

export const HELP: Option = { name: 'help', short: 'h', summary: 'Show this help.' }
export const VERSION: Option = { name: 'version', summary: 'Show the version.' }

const DATA_FOLDER: Option = {
  name: 'data-folder',
  value: 'DIR',
  files: 'folder',
  summary: 'Data folder of the Token Desk to ask, instead of the usual ones.',
}
const NO_START: Option = { name: 'no-start', summary: 'Do not start Token Desk where it does not run.' }
const ENV: Option = {
  name: 'env',
  value: 'ENVIRONMENT',
  choices: ENVIRONMENT_IDS,
  summary: `Only profiles of this environment: ${ENVIRONMENT_IDS.join(', ')}.`,
}
const FRESH: Option = {
  name: 'fresh',
  summary: 'A new token, also where the present one would do: after Docusign refused that, say.',
}
const FROM_ENV: Option = {
  name: 'from-env',
  summary: 'Profile and key from environment variables. Token Desk is not asked, nothing is written.',
}
const FROM_FILE: Option = {
  name: 'from-file',
  value: 'FILE',
  files: 'file',
  repeatable: true,
  summary: 'The same from a configuration file, or its key from a key file. May be repeated.',
}

/** The option that asks for a format of the app's. */
export const FORMAT_OPTIONS = {
  json: 'json',
  header: 'header',
  dotenv: 'env',
  'env-file': 'env',
  curl: 'curl',
} as const satisfies Record<string, CopyFormat>

export const SHELLS = ['bash', 'zsh', 'fish'] as const

const PROFILE_TEXT = `Without a profile it is the one chosen in the window; with --env that one if it is of that environment, else its only
one. A production profile has to be named, or --env production given.`

export const COMMANDS: readonly Command[] = [
  {
    name: 'token',
    operands: '[profile]',
    summary: 'Print an access token.',
    details: `Prints the token, and nothing else, on standard output. ${PROFILE_TEXT}`,
    operand: 'profile',
    readsVariables: true,
    options: [
      ENV,
      { name: 'json', summary: 'Print JSON: token, expiry, environment, base path, account.' },
      { name: 'header', summary: 'Print an Authorization header.' },
      { name: 'dotenv', summary: 'Print lines for a .env file.' },
      // https://github.com/nodejs/node/issues/54232
      { name: 'env-file', summary: 'The same, as the last argument alone: elsewhere Node may take it for its own.' },
      { name: 'curl', summary: 'Print a curl command.' },
      FRESH,
      FROM_ENV,
      FROM_FILE,
      NO_START,
      DATA_FOLDER,
    ],
  },
  {
    name: 'exec',
    operands: '[profile] -- command [argument ...]',
    summary: 'Run a command with a token in its environment.',
    details: `Runs the command, without a shell, with DOCUSIGN_ACCESS_TOKEN, DOCUSIGN_BASE_PATH and DOCUSIGN_ACCOUNT_ID set.
The account id is left out where it is not known. ${PROFILE_TEXT}`,
    operand: 'profile',
    takesCommand: true,
    readsVariables: true,
    options: [ENV, FRESH, FROM_ENV, FROM_FILE, NO_START, DATA_FOLDER],
  },
  {
    name: 'profiles',
    operands: '',
    summary: 'List the profiles.',
    details: 'A star marks the one chosen in the window.',
    operand: null,
    options: [
      ENV,
      { name: 'json', summary: 'Print JSON.' },
      { name: 'names', summary: 'Print the names alone, one a line.' },
      NO_START,
      DATA_FOLDER,
    ],
  },
  {
    name: 'doctor',
    operands: '',
    summary: 'Say what stands between this computer and a token.',
    details: 'Looks at the data folder, the keyring, the clock and the way to Docusign. Changes no file.',
    operand: null,
    options: [{ name: 'json', summary: 'Print JSON.' }, DATA_FOLDER],
  },
  {
    name: 'simulator',
    operands: '[option ...]',
    summary: 'Run a stand-in for Docusign’s authorization server on this computer.',
    details: 'Its options are its own.',
    operand: null,
    options: [],
    passesOn: true,
  },
  {
    name: 'quit',
    operands: '',
    summary: 'End a Token Desk that was started without a window.',
    details:
      'One with a window is left alone. Without this it ends by itself half an hour after the last call, unless it stays in the tray.',
    operand: null,
    options: [DATA_FOLDER],
  },
  {
    name: 'completion',
    operands: SHELLS.join('|'),
    summary: 'Print a completion script for a shell.',
    details: 'For bash: source <(tokendesk completion bash)',
    operand: 'shell',
    options: [],
  },
  {
    name: 'help',
    operands: '[command]',
    summary: 'Show the help, of everything or of a command.',
    details: 'The same as --help.',
    operand: 'command',
    options: [],
  },
]

export const commandOf = (name: string): Command | undefined => COMMANDS.find((command) => command.name === name)
