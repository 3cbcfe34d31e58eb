import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { HIDDEN_SWITCH } from '../shared/command-line.js'
import { type App, findApp, type Search } from './app-client.js'
import { dataFolders } from './data-folders.js'
import { EXIT } from './exit-codes.js'
import { Failure } from './failure.js'
import { builtProgram, projectManifest, projectRoot } from './project.js'

export interface Where {
  /** `--data-folder` */
  readonly dataFolder: string | undefined
  readonly mayStart: boolean
}

/** A keyring may have to be opened first, milliseconds. */
const START_WITHIN_MS = 40_000
/** Another start has the data folder already and is on its way, or does not answer, milliseconds. */
const OTHER_WITHIN_MS = 15_000
const LOOK_EVERY_MS = 50

/** The environment in which a Token Desk of that data folder runs. */
export function environmentFor(dataFolder: string | undefined): NodeJS.ProcessEnv {
  const given = dataFolder ?? process.env.TOKENDESK_USER_DATA
  // Whole, because the app is started in a folder of its own.
  return given ? { ...process.env, TOKENDESK_USER_DATA: resolve(given) } : process.env
}

export function searchApp(dataFolder: string | undefined): Promise<Search> {
  return findApp(dataFolders(environmentFor(dataFolder), process.platform, projectManifest().productName))
}

/** The running app, or one started for this. @throws Failure `notRunning` */
export async function anApp({ dataFolder, mayStart }: Where): Promise<App> {
  const { app, isSilent } = await searchApp(dataFolder)
  if (app) return app
  // Where it may be started, who is silent may as well be somebody else: the start will show.
  if (!mayStart && isSilent) throw doesNotAnswer()
  if (!mayStart) throw new Failure(EXIT.notRunning, 'Token Desk does not run.', 'Start it, or leave --no-start out.')
  return start(builtProgram('tools', 'start.js'), dataFolder)
}

async function start(starter: string, dataFolder: string | undefined): Promise<App> {
  const child = spawn(process.execPath, [starter, HIDDEN_SWITCH], {
    cwd: projectRoot(),
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    env: ownEnvironment(environmentFor(dataFolder)),
  })
  child.unref()
  const ended = endOf(child)
  let untilMs = performance.now() + START_WITHIN_MS
  let isOver = false
  while (performance.now() < untilMs) {
    const { app } = await searchApp(dataFolder)
    if (app) return app
    const end = ended()
    if (end !== null && end !== 0) throw notStarted(`it ended at once (${end})`, starter)
    if (end === 0 && !isOver) {
      isOver = true
      untilMs = Math.min(untilMs, performance.now() + OTHER_WITHIN_MS)
    }
    await delay(LOOK_EVERY_MS)
  }
  if (isOver) {
    throw doesNotAnswer()
  }
  child.kill()
  throw notStarted(`it was not there within ${START_WITHIN_MS / 1000} seconds`, starter)
}

/**
 * The app outlives this command, so it does not belong to the npm that may have started it; and what this shell was
 * given for a program of its own, a token or a key, is nothing to it.
 */
function ownEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(npm_|DOCUSIGN_|DS_)/i.test(name)))
}

/** @returns what it ended with, once it has */
function endOf(child: ChildProcess): () => number | string | null {
  let end: number | string | null = null
  child.once('error', (error: NodeJS.ErrnoException) => {
    end = error.code ?? 'error'
  })
  child.once('exit', (code, signal) => {
    end = code ?? signal
  })
  return () => end
}

export function doesNotAnswer(): Failure {
  return new Failure(
    EXIT.notRunning,
    'Token Desk runs, but does not answer its command line.',
    'Quit it and start it again; what it writes to standard error says why.',
  )
}

function notStarted(why: string, starter: string): Failure {
  return new Failure(
    EXIT.notRunning,
    `Token Desk could not be started: ${why}.`,
    `To see why: "${process.execPath}" "${starter}" ${HIDDEN_SWITCH}`,
  )
}
