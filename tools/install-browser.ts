import { existsSync, readdirSync } from 'node:fs'
import { aptInstall, canApt } from './apt.js'
import { findBrowser } from './find-browser.js'

const FONT_FOLDER = '/usr/share/fonts'

/** Gets a browser where that takes no password: Debian and its kin, as root (a container, a CI machine). */
export function installBrowser(): string {
  if (!canApt()) throw new Error(advice())
  // Without any font the window's text would be boxes.
  const packages = hasFonts() ? ['chromium'] : ['chromium', 'fonts-dejavu-core']
  console.log('No browser found')
  try {
    aptInstall(packages)
  } catch {
    throw new Error(`apt-get could not install chromium. ${advice()}`)
  }
  const found = findBrowser()
  // Ubuntu's package of that name installs nothing itself but a snap.
  if (!found) throw new Error(`apt-get installed chromium, but no program came of it. ${advice()}`)
  console.log(`Installed ${found}`)
  return found
}

function hasFonts(): boolean {
  return existsSync(FONT_FOLDER) && readdirSync(FONT_FOLDER).length > 0
}

function advice(): string {
  return (
    'Install Chromium, Google Chrome or Microsoft Edge (on Debian: apt-get install chromium), ' +
    'or name one in TOKENDESK_BROWSER.'
  )
}
