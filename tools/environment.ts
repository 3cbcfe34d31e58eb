import { HIDDEN_SWITCH } from '../src/shared/command-line.js'

/** The launcher's settings: from the environment, and from the one switch that it takes. */

/** Without a display; for tests and servers. */
export const isHeadless = (): boolean => process.env.TOKENDESK_HEADLESS === '1'

/** A port for outside DevTools clients such as Playwright. None unless asked for: the window holds tokens. */
export function debuggingPort(): number | null {
  const given = process.env.TOKENDESK_CDP_PORT
  if (!given) return null
  const port = Number(given)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error('TOKENDESK_CDP_PORT is not a port number')
  return port
}

/** Without a window until somebody wants one, as the command line starts the app. */
export const startsHidden = (): boolean => process.argv.includes(HIDDEN_SWITCH)

export const isRoot = (): boolean => process.getuid?.() === 0
