import type { AppError } from './result.js'

/** The token server, as the window shows it. No secret is in here. */
export interface ServerStatus {
  /** `off`: no profile is switched on. `stopped`: by the user, or after its idle time. `failed`: see `error`. */
  readonly state: 'off' | 'running' | 'stopped' | 'failed'
  readonly port: number
  /** `http://127.0.0.1:<port>` */
  readonly origin: string
  /** Why it is `stopped`. */
  readonly stoppedBecause: 'idle' | 'user' | null
  readonly error: AppError | null
  /** For `port_taken`: the next port that nobody holds; `null` where none is near. */
  readonly freePort: number | null
  readonly profiles: readonly ServedProfileView[]
}

export interface ServedProfileView {
  readonly profileId: string
  readonly served: boolean
  /** There is one, told earlier. */
  readonly hasSecret: boolean
}

/** A secret that was just made is held, and shown, no longer than this, milliseconds. */
export const SECRET_HELD_MS = 600_000

/** A bearer secret as it is told: once. */
export interface ServerSecret {
  readonly secret: string
  readonly status: ServerStatus
}

/** What can be copied for a client of the token server. */
export const SERVER_COPIES = [
  'url',
  'secret',
  'curl',
  'postman-environment',
  'postman-script',
  'postman-collection',
] as const
export type ServerCopy = (typeof SERVER_COPIES)[number]
