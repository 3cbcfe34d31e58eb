import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
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
  token(profileId: string, format: CopyFormat): Promise<ServedToken>
  /** @throws Failure where it has a window */
  quit(): Promise<void>
}

/** A token may take three requests of 15 s each, and the account another: longer than all of it, milliseconds. */
const TIMEOUT_MS = 90_000

/** The first of these data folders whose app answers; `null` where none does. */
export async function findApp(folders: readonly string[]): Promise<App | null> {
  for (const folder of folders) {
    const pointer = pointerIn(folder)
    if (!pointer) continue
    try {
      return await appAt(pointer)
    } catch (thrown) {
      // What an app that crashed has left, or an address that is another's by now.
      if (!isDead(thrown)) throw thrown
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

function isDead(thrown: unknown): boolean {
  if (thrown instanceof Failure) return thrown.code === 'secret_wrong'
  return ['ENOENT', 'ECONNREFUSED', 'ENOTSOCK'].includes((thrown as NodeJS.ErrnoException).code ?? '')
}

async function appAt(pointer: Pointer): Promise<App> {
  const profiles = (await ask(pointer, 'GET', '/profiles')) as ListedProfile[]
  return {
    profiles,
    async token(profileId, format) {
      const query = new URLSearchParams({ profile: profileId, format })
      return (await ask(pointer, 'GET', `/token?${query}`)) as ServedToken
    },
    async quit() {
      await ask(pointer, 'POST', '/quit')
    },
  }
}

async function ask({ address, secret }: Pointer, method: 'GET' | 'POST', path: string): Promise<unknown> {
  const { status, text } = await exchange(address, secret, method, path)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new Failure(
      EXIT.notRunning,
      'Something other than Token Desk answers.',
      'Quit Token Desk and start it again.',
    )
  }
  if (status === 200) return body
  throw failureOf((body as { error: AppError }).error)
}

function exchange(
  socketPath: string,
  secret: string,
  method: string,
  path: string,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { Host: 'token-desk', Authorization: `Bearer ${secret}`, Connection: 'close' }
    const outgoing = request({ socketPath, method, path, headers, agent: false }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }))
      response.once('error', () => reject(lost()))
    })
    outgoing.setTimeout(TIMEOUT_MS, () => outgoing.destroy(lost()))
    outgoing.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ECONNRESET' ? lost() : error))
    outgoing.end()
  })
}

const lost = () => new Failure(EXIT.noToken, 'Token Desk ended before it answered.', 'Try again.')
