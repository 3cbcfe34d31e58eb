import type { EnvironmentId } from './environments.js'

/** What the running app and its command line agree on. */

/** Starts the app without a window. */
export const HIDDEN_SWITCH = '--hidden'

/** In the data folder, readable by its owner alone: where the app that uses the folder listens. */
export const POINTER_FILE = 'command-line.json'

export interface Pointer {
  /** A Unix socket's path, or a named pipe's. */
  readonly address: string
  /** Never sent: calls and answers are proved with it. Another one for each run of the app. */
  readonly secret: string
  readonly pid: number
}

const POINTER_SCHEMA_VERSION = 1

export const writePointer = (pointer: Pointer): string =>
  `${JSON.stringify({ schemaVersion: POINTER_SCHEMA_VERSION, ...pointer })}\n`

/** `null` for a text that is no pointer, or one of another version. */
export function readPointer(text: string): Pointer | null {
  try {
    const { schemaVersion, address, secret, pid } = JSON.parse(text) as Record<string, unknown>
    if (schemaVersion !== POINTER_SCHEMA_VERSION || !Number.isInteger(pid)) return null
    return typeof address === 'string' && typeof secret === 'string' ? { address, secret, pid: Number(pid) } : null
  } catch {
    return null
  }
}

/** `GET /profiles`: a list of these. */
export interface ListedProfile {
  readonly id: string
  readonly name: string
  readonly environment: EnvironmentId
  /** Chosen in the window. */
  readonly selected: boolean
  readonly hasKey: boolean
}

/** `GET /token?profile=<id>&environment=<as listed>&format=<CopyFormat>&fresh=<true|false>` */
export interface ServedToken {
  /** The token in the format that was asked for. */
  readonly text: string
  readonly token: string
  readonly environment: EnvironmentId
  /** The profile's name. */
  readonly profile: string
  readonly basePath: string
  readonly accountId: string | null
  /** ISO 8601. */
  readonly expiresAt: string
}
