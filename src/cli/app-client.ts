import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { answerProof, callAuthorization, PROOF_HEADER } from '../main/core/call-proof.js'
import { isSameSecret, SILENT_MS } from '../main/core/local-server.js'
import {
  type ListedProfile,
  POINTER_FILE,
  type Pointer,
  readPointer,
  type ServedToken,
} from '../shared/command-line.js'
import type { CopyFormat } from '../shared/copy-formats.js'
import type { AppError } from '../shared/result.js'
import { EXIT } from './exit-codes.js'
import { Failure, failureOf } from './failure.js'

/** A running Token Desk. */
export interface App {
  /** As they were when it was found. */
  readonly profiles: readonly ListedProfile[]
  /** @throws Failure */
  token(profile: ListedProfile, format: CopyFormat, fresh: boolean): Promise<ServedToken>
  /** @throws Failure where it has a window */
  quit(): Promise<void>
}

/** Longer than any answer, characters. */
const LONGEST_ANSWER = 1_000_000
/** The list of profiles is there at once, milliseconds. */
const LISTED_WITHIN_MS = 5000

export interface Search {
  /** The first of the data folders' apps that answers; `null` where none does. */
  readonly app: App | null
  /** Somebody sits where one should be, and says nothing: an app that hangs, or somebody else by now. */
  readonly isSilent: boolean
}

export async function findApp(folders: readonly string[]): Promise<Search> {
  let isSilent = false
  for (const folder of folders) {
    const pointer = pointerIn(folder)
    if (!pointer) continue
    try {
      return { app: await appAt(pointer), isSilent: false }
    } catch (thrown) {
      // What an app that crashed has left, or an address that is another's by now.
      if (!(thrown instanceof NotTheApp)) throw thrown
      isSilent ||= thrown.isSilent
    }
  }
  return { app: null, isSilent }
}

function pointerIn(folder: string): Pointer | null {
  try {
    return readPointer(readFileSync(join(folder, POINTER_FILE), 'utf8'))
  } catch {
    return null
  }
}

/** Nobody is there, or somebody who has not proved that he is the app. */
class NotTheApp extends Error {
  constructor(readonly isSilent = false) {
    super()
  }
}

/** @throws NotTheApp, Failure */
async function appAt(pointer: Pointer): Promise<App> {
  const profiles = (await ask(pointer, 'GET', '/profiles', LISTED_WITHIN_MS)) as ListedProfile[]
  return {
    profiles,
    async token({ id, environment }, format, fresh) {
      const query = new URLSearchParams({ profile: id, environment, format, fresh: String(fresh) })
      return (await askOn(pointer, 'GET', `/token?${query}`)) as ServedToken
    },
    async quit() {
      await askOn(pointer, 'POST', '/quit')
    },
  }
}

/** Of an app that was there just now. @throws Failure */
async function askOn(pointer: Pointer, method: 'GET' | 'POST', path: string): Promise<unknown> {
  try {
    return await ask(pointer, method, path, SILENT_MS)
  } catch (thrown) {
    if (!(thrown instanceof NotTheApp)) throw thrown
    throw new Failure(EXIT.failed, 'Token Desk did not answer.', 'Try again.')
  }
}

/**
 * @param withinMs milliseconds; whatever is done at the other end, it is over by then
 * @throws NotTheApp, or a Failure that the app has proved to be its own
 */
async function ask(
  { address, secret }: Pointer,
  method: 'GET' | 'POST',
  path: string,
  withinMs: number,
): Promise<unknown> {
  const nonce = randomBytes(16).toString('base64url')
  const authorization = callAuthorization(secret, nonce, method, path)
  const { status, text, proof } = await exchange({ socketPath: address, method, path, authorization, withinMs })
  if (!isSameSecret(proof, answerProof(secret, nonce, status, text))) throw new NotTheApp()
  const body = JSON.parse(text) as unknown
  if (status === 200) return body
  throw failureOf((body as { error: AppError }).error)
}

interface Exchange {
  readonly socketPath: string
  readonly method: string
  readonly path: string
  readonly authorization: string
  readonly withinMs: number
}
interface Exchanged {
  readonly status: number
  readonly text: string
  readonly proof: string
}

/** @throws NotTheApp where no whole answer comes, for whatever reason */
function exchange({ socketPath, method, path, authorization, withinMs }: Exchange): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: authorization, Connection: 'close' }
    const outgoing = request({ socketPath, method, path, headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > LONGEST_ANSWER) outgoing.destroy()
      })
      const proof = String(response.headers[PROOF_HEADER] ?? '')
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text, proof }))
      response.once('error', () => {})
    })
    let isOver = false
    const timer = setTimeout(() => {
      isOver = true
      outgoing.destroy()
    }, withinMs)
    // Nobody who answers for the app changes the protocol.
    outgoing.once('upgrade', (_response, socket) => socket.destroy())
    outgoing.once('error', () => {})
    outgoing.once('close', () => {
      clearTimeout(timer)
      reject(new NotTheApp(isOver))
    })
    outgoing.end()
  })
}
