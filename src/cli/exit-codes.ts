/** Documented in `--help`, the man page and README: scripts rely on them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  notRunning: 3,
  noProfile: 4,
  refused: 5,
  /** As shells have it, for `exec`. */
  notExecutable: 126,
  notFound: 127,
  /** And the number of the signal that ended the command. */
  signal: 128,
} as const

export const EXIT_TEXTS: Readonly<Record<string, string>> = {
  '0': 'All went well.',
  '1': 'No token could be had (Docusign, the network or the key), or it failed otherwise. The message says why.',
  '2': 'The command line was wrong, or a variable is missing or wrong.',
  '3': 'Token Desk does not run or does not answer, and could not be started.',
  '4': 'There is no such profile, or more than one fits.',
  '5': 'Refused: Token Desk does not hand out production tokens unless that is switched on.',
}

/** Of `exec`, once it has a token. */
export const EXEC_EXIT_TEXT =
  'Once the command is run it is the command’s own: 128+n where signal n ended it, 127 where there is no such command, 126 where it cannot be run.'
