import { setTimeout as delay } from 'node:timers/promises'
import { EXIT } from './exit-codes.js'
import { Failure } from './failure.js'
import { tell } from './output.js'
import type { Parsed } from './parse.js'
import { doesNotAnswer, searchApp } from './start-app.js'

const GONE_WITHIN_MS = 10_000
const LOOK_EVERY_MS = 50

/** `tokendesk quit` */
export async function runQuit({ text }: Parsed): Promise<number> {
  const dataFolder = text('data-folder')
  const { app, isSilent } = await searchApp(dataFolder)
  if (isSilent) throw doesNotAnswer()
  if (!app) {
    tell('Token Desk does not run')
    return EXIT.ok
  }
  await app.quit()
  for (const began = performance.now(); performance.now() - began < GONE_WITHIN_MS; await delay(LOOK_EVERY_MS)) {
    const { app: left, isSilent: hangs } = await searchApp(dataFolder)
    if (!left && !hangs) return EXIT.ok
  }
  throw new Failure(EXIT.failed, 'Token Desk was asked to end, but still runs.')
}
