import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AnswerParts } from '../../src/main/command-line/answers.js'
import { startCommandLine } from '../../src/main/command-line/command-line.js'
import type { Fetch } from '../../src/main/core/ports.js'
import { createProductionGuard } from '../../src/main/core/production-guard.js'
import { systemClock } from '../../src/main/core/system-clock.js'
import { createDesk, type Desk } from '../../src/main/desk/desk.js'
import { writeWhole } from '../../src/main/platform/write-whole.js'
import { DEFAULT_SETTINGS } from '../../src/shared/settings.js'
import type { ProfileInput } from '../../src/shared/views.js'
import { deskParts } from './desk-parts.js'
import { makeRsa, pkcs1Pem } from './keys.js'
import { profileInput } from './profile-input.js'
import { nodeFetch } from './simulated.js'

export const PRODUCTION_TOKEN = 'production-stand-in-token'

/** Answers in the production host's place, so that nothing leaves this computer. */
const fetchHere: Fetch = (url, init) =>
  url.startsWith('https://')
    ? Promise.resolve(
        url.endsWith('/oauth/token')
          ? Response.json({ access_token: PRODUCTION_TOKEN, token_type: 'Bearer', expires_in: 3600 })
          : new Response('', { status: 500 }),
      )
    : nodeFetch(url, init)

export interface CommandLineDesk {
  readonly desk: Desk
  readonly folder: string
  /** To be changed by a test. */
  readonly state: { serveProduction: boolean; windowless: boolean; quits: number }
  readonly logged: string[]
  add(input: Partial<ProfileInput>): Promise<string>
  stop(): Promise<void>
}

/** A desk with its simulator and its command line, as boot puts them together, without a window. */
export async function commandLineDesk(
  folder = mkdtempSync(join(tmpdir(), 'token-desk-served-')),
  parts: Partial<AnswerParts> = {},
): Promise<CommandLineDesk> {
  const state = { serveProduction: false, windowless: true, quits: 0 }
  const logged: string[] = []
  const desk = createDesk(deskParts({ fetch: fetchHere }))
  await desk.simulator.start()
  const commandLine = await startCommandLine({
    folder,
    desk,
    guard: createProductionGuard(() => ({ ...DEFAULT_SETTINGS, serveProduction: state.serveProduction })),
    clock: systemClock,
    writeWhole,
    log: (what, code) => void logged.push(`${what} ${code}`),
    isWindowless: () => state.windowless,
    isNeeded: () => false,
    quit() {
      state.quits += 1
    },
    ...parts,
  })
  return {
    desk,
    folder,
    state,
    logged,
    async add(input) {
      const { stagedKeyId } = desk.keyDesk.stage(pkcs1Pem(makeRsa().privateKey))
      return (await desk.saveProfile(profileInput({ stagedKeyId, ...input }))).id
    },
    async stop() {
      commandLine.stop()
      await desk.simulator.stop()
    },
  }
}
