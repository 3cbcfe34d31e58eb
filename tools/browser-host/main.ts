import { pathToFileURL } from 'node:url'
import { debuggingPort, isHeadless, startsHidden } from '../environment.js'
import { findBrowser } from '../find-browser.js'
import { installBrowser } from '../install-browser.js'
import { whenNpmIsGone } from '../npm-parent.js'
import { becomeReady } from './app.js'
import { type ChromiumProcess, startChromium } from './chromium.js'
import electron from './electron.js'
import { chromium, exit, fail, provideChromium, quit } from './lifecycle.js'
import { project } from './project.js'
import { say } from './say.js'
import { standInForElectron } from './stand-in-electron.js'

/** Runs the built app, unchanged, in Node and a system Chromium. */
async function start(): Promise<void> {
  provideChromium(launchChromium)
  quitOnSignals()
  // Chromium starts while main loads; without a window, once one is made.
  if (startsHidden()) say(`running in Node ${process.versions.node}, without a window`)
  else chromium().catch(fail)

  const beside = (name: string) => new URL(`./${name}.js`, import.meta.url).href
  standInForElectron(beside('electron-hook'), beside('electron-stand-in'), electron, project.main)
  await import(pathToFileURL(project.main).href)
  await becomeReady()
}

function launchChromium(): ChromiumProcess {
  const headless = isHeadless()
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform === 'linux' && !headless && !DISPLAY && !WAYLAND_DISPLAY) {
    throw new Error('there is no display to open a window on; TOKENDESK_HEADLESS=1 runs without one')
  }
  const port = debuggingPort()
  const executable = findBrowser() ?? installBrowser()
  say(`running in Node ${process.versions.node} and ${executable}${headless ? ', headless' : ''}`)
  return startChromium({ executable, title: project.name, headless, port })
}

/** Ctrl-C reaches npm and us at once, and npm hands its own on: within this time that is one wish, not two. */
const SAME_SIGNAL_MS = 1_000

function quitOnSignals(): void {
  let askedAt: number | null = null
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // The app may forbid the first; nobody forbids a second.
      if (askedAt !== null && performance.now() - askedAt > SAME_SIGNAL_MS) exit(1)
      askedAt ??= performance.now()
      quit()
    })
  }
  whenNpmIsGone(quit)
}

start().catch(fail)
