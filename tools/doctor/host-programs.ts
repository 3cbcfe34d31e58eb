import type { Finding } from './finding.js'

/** Electron's binary and the browser that stands in for it: one of the two has to be there. */
export function checkHosts(electron: string | null, findBrowser: () => string | null): Finding[] {
  let browser: string | null = null
  let wrong = ''
  try {
    browser = findBrowser()
  } catch {
    wrong = 'TOKENDESK_BROWSER names no program that can be run.'
  }
  const electronFix = 'npm start fetches it from GitHub; ELECTRON_MIRROR names another place.'
  const browserFix = 'Install Chromium, Google Chrome or Microsoft Edge, or name one in TOKENDESK_BROWSER.'
  const alone = electron === null && browser === null
  return [
    electron === null
      ? { id: 'electron', level: 'warn', message: 'Electron’s binary is not here.', fix: electronFix }
      : { id: 'electron', level: 'ok', message: `Electron’s binary is ${electron}.` },
    browser === null
      ? {
          id: 'browser',
          level: alone ? 'stop' : 'warn',
          message: wrong || 'No Chromium, Chrome or Edge was found for the browser host.',
          fix: browserFix,
        }
      : { id: 'browser', level: 'ok', message: `The browser host would use ${browser}.` },
  ]
}

/** @param wanted package.json's `engines.node`, such as `>=20.19.0` */
export function checkNode(version: string, wanted: string): Finding {
  const numbers = (text: string) => text.replace(/^\D+/, '').split('.').map(Number)
  const [have, need] = [numbers(version), numbers(wanted)]
  const differing = need.findIndex((part, index) => part !== have[index])
  const enough = differing === -1 || (have[differing] ?? 0) > (need[differing] ?? 0)
  return enough
    ? { id: 'node', level: 'ok', message: `Node is ${version}.` }
    : {
        id: 'node',
        level: 'stop',
        message: `Node is ${version}, and ${wanted} is needed.`,
        fix: 'Install a newer Node from https://nodejs.org.',
      }
}
