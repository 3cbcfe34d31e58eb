/** Documented in `--help` and in the man page: scripts rely on them. */
export const EXIT = {
  ok: 0,
  /** No token could be had: Docusign, the way there, or the key. */
  noToken: 1,
  usage: 2,
  /** Token Desk does not run and could not be started. */
  notRunning: 3,
  /** There is no such profile, or more than one. */
  noProfile: 4,
  /** Production tokens are not handed out. */
  refused: 5,
  /** As shells have it, for `exec`. */
  notExecutable: 126,
  notFound: 127,
  /** And the number of the signal that ended the command. */
  signal: 128,
} as const

export const EXIT_TEXTS: Readonly<Record<string, string>> = {
  '0': 'All went well.',
  '1': 'No token could be had: Docusign, the network or the key. The message says which.',
  '2': 'The command line was wrong, or a variable is missing.',
  '3': 'Token Desk does not run and could not be started.',
  '4': 'There is no such profile, or more than one fits.',
  '5': 'Refused: Token Desk does not hand out production tokens unless that is switched on.',
}
