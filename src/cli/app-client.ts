import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { answerProof, callProof, PROOF_HEADER, PROOF_SCHEME } from '../main/core/call-proof.js'
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

/** The first of these data folders whose app answers; `null` where none does. */
export async function findApp(folders: readonly string[]): Promise<App | null> {
  for (const folder of folders) {
    const pointer = pointerIn(folder)
    if (!pointer) continue
    try {
      return await appAt(pointer)
    } catch (thrown) {
      // What an app that crashed has left, or an address that is another's by now.
      if (!isNotTheApp(thrown)) throw thrown
    }
  }
  return null
}

function pointerIn(folder: string): Pointer | null {
  try {
    return readPointer(readFileSync(join(folder, POINTER_FILE), 'utf8'))
  } catch {
    return null
  }
}

class NotTheApp extends Error {}

function isNotTheApp(thrown: unknown): boolean {
  const { code = '' } = thrown as NodeJS.ErrnoException
  const isSomethingElse = thrown instanceof NotTheApp || code.startsWith('HPE_')
  return isSomethingElse || ['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'EACCES', 'EPERM'].includes(code)
}

async function appAt(pointer: Pointer): Promise<App> {
  const profiles = (await ask(pointer, 'GET', '/profiles')) as ListedProfile[]
  return {
    profiles,
    async token({ id, environment }, format, fresh) {
      const query = new URLSearchParams({ profile: id, environment, format, fresh: String(fresh) })
      return (await ask(pointer, 'GET', `/token?${query}`)) as ServedToken
    },
    async quit() {
      await ask(pointer, 'POST', '/quit')
    },
  }
}

async function ask({ address, secret }: Pointer, method: 'GET' | 'POST', path: string): Promise<unknown> {
  const nonce = randomBytes(16).toString('base64url')
  const { status, text, proof } = await exchange(address, method, path, {
    Authorization: `${PROOF_SCHEME} ${nonce}.${callProof(secret, nonce, method, path)}`,
  })
  if (!isSameSecret(proof, answerProof(secret, nonce, status, text))) throw new NotTheApp()
  const body = JSON.parse(text) as unknown
  if (status === 200) return body
  throw failureOf((body as { error: AppError }).error)
}

interface Exchanged {
  readonly status: number
  readonly text: string
  readonly proof: string
}

function exchange(
  socketPath: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    const options = { socketPath, method, path, headers: { ...headers, Connection: 'close' }, agent: false }
    const outgoing = request(options, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > LONGEST_ANSWER) outgoing.destroy(new NotTheApp())
      })
      const proof = String(response.headers[PROOF_HEADER] ?? '')
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text, proof }))
      response.once('error', () => reject(lost()))
    })
    outgoing.setTimeout(SILENT_MS, () => outgoing.destroy(lost()))
    outgoing.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ECONNRESET' ? lost() : error))
    outgoing.end()
  })
}

const lost = () => new Failure(EXIT.failed, 'Token Desk ended before it answered.', 'Try again.')
