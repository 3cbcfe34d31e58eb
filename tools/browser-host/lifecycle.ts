import type { App } from 'electron'
import type { Chromium, ChromiumProcess } from './chromium.js'
import { cancelable, type Events, events } from './guard.js'
import { complain, reasonOf } from './say.js'

/** What the parts of the host share: the one Chromium, the app's events, and how everything ends. */

export const appEvents: Events<App> = events<App>('electron.app', [
  'ready',
  'window-all-closed',
  'second-instance',
  'activate',
  'before-quit',
  'will-quit',
  'web-contents-created',
])

export interface OpenWindow {
  /** Asks the app, then counts as closed. False when the app forbade it. */
  close(): boolean
  /** Chromium took it away. */
  gone(): void
}

let process_: ChromiumProcess | null = null
let launch = (): ChromiumProcess => {
  throw new Error('Chromium cannot be started yet')
}
let phase: 'running' | 'quitting' | 'exiting' = 'running'
const openWindows = new Set<OpenWindow>()
const lastTasks: (() => Promise<unknown>)[] = []

/** How Chromium is started, once something needs it. */
export function provideChromium(given: () => ChromiumProcess): void {
  launch = given
}

function adoptChromium(chromium: ChromiumProcess): void {
  process_ = chromium
  // Uncaught errors and `process.exit` come this way too.
  process.once('exit', () => chromium.kill())
  chromium.ready
    .then(() => chromium.ended)
    .then((why) => {
      if (why !== null) return fail(new Error(`Chromium ended unexpectedly (${why})`))
      // Quit from its own menu, or by the desktop.
      for (const window of [...openWindows]) window.gone()
      quit()
    }, fail)
}

/** The host cannot go on. */
export function fail(thrown: unknown): void {
  if (phase === 'exiting') return
  complain(reasonOf(thrown))
  exit(1)
}

/** Starts it where it does not run yet. */
export async function chromium(): Promise<Chromium> {
  if (process_) return process_.ready
  const started = launch()
  adoptChromium(started)
  return started.ready
}

/** A document, request or window that went away in the meantime, as they may at any time: a reload is enough. */
const VANISHED =
  /Cannot find context|Invalid InterceptionId|No target with given id|Session with given id|Inspected target/

/** Runs a command whose answer nobody waits for. */
export function inBackground(what: string, work: Promise<unknown>): void {
  work.catch((thrown) => {
    if (phase !== 'running' || openWindows.size === 0 || VANISHED.test(reasonOf(thrown))) return
    complain(`${what}: ${reasonOf(thrown)}`)
  })
}

/** Work that must be done before Chromium goes, such as clearing its clipboard. */
export function beforeEnd(task: () => Promise<unknown>): void {
  lastTasks.push(task)
}

export function windowOpened(window: OpenWindow): void {
  openWindows.add(window)
}

export function windowClosed(window: OpenWindow): void {
  openWindows.delete(window)
  if (phase !== 'running' || openWindows.size > 0) return
  appEvents.emit('window-all-closed')
  // On macOS an app may stay without windows. Here there is no dock icon to bring one back by: always quit.
  quit()
}

/** In Electron's order: before-quit, the windows' close, will-quit. Each can be forbidden by the app. */
export function quit(): void {
  if (phase !== 'running') return
  phase = 'quitting'
  const forbidden = (event: string) => {
    const details = cancelable({})
    appEvents.emit(event, details)
    return details.defaultPrevented
  }
  const stay = forbidden('before-quit') || ![...openWindows].every((window) => window.close()) || forbidden('will-quit')
  if (!stay) exit(0)
  else if (phase === 'quitting') phase = 'running'
}

/** Electron's `app.exit` asks nobody. Chromium is closed in order first, so the process ends a little later. */
export function exit(code: number): void {
  if (phase === 'exiting') return
  phase = 'exiting'
  // What the app was still waiting for fails as Chromium goes; that is no reason to end as a crash.
  process.on('unhandledRejection', () => {})
  const end = async () => {
    await Promise.allSettled(lastTasks.map((task) => task()))
    await process_?.close()
  }
  end().then(
    () => process.exit(code),
    (thrown) => {
      complain(reasonOf(thrown))
      process.exit(1)
    },
  )
}
