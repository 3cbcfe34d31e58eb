import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { AsyncEntry } from '@napi-rs/keyring'
import { project } from './project.js'
import { reasonOf } from './say.js'

const KEY_BYTES = 32
/** Long enough for someone to type the password of a locked keyring. */
const ANSWER_TIMEOUT_MS = 120_000

let found: Promise<Buffer | null> | null = null

/**
 * The host's key in the system's own store: Keychain, Credential Manager, or on Linux a Secret Service.
 * Resolves to null where there is no store; rejects where there is one that does not give the key (locked, refused).
 */
export function systemKey(): Promise<Buffer | null> {
  found ??= readOrCreate().catch((thrown) => {
    // The user may unlock it later.
    found = null
    throw thrown
  })
  return found
}

async function readOrCreate(): Promise<Buffer | null> {
  const entry = openEntry()
  if (!entry) return null
  const read = async () => {
    const secret = await inTime(entry.getSecret())
    const key = secret?.length === KEY_BYTES ? Buffer.from(secret) : null
    secret?.fill(0)
    return key
  }
  try {
    const present = await read()
    if (present) return present
    const made = randomBytes(KEY_BYTES)
    await inTime(entry.setSecret(made)).finally(() => made.fill(0))
    // Read it back: another host may have stored its own at the same moment.
    const stored = await read()
    if (!stored) throw new Error('The key store forgot the key')
    return stored
  } catch (thrown) {
    if (noStore(thrown)) return null
    throw thrown
  }
}

function openEntry(): AsyncEntry | null {
  // Without the option the package falls back to the kernel's keyring, which a restart empties.
  const options = process.platform === 'linux' ? { linux: { store: 'secret-service' as const } } : null
  try {
    return new AsyncEntry(`${project.name} Safe Storage (browser host)`, project.name, options)
  } catch (thrown) {
    if (process.platform === 'linux') return null
    throw thrown
  }
}

/** No session bus, or a bus on which nobody offers `org.freedesktop.secrets`. */
function noStore(thrown: unknown): boolean {
  return (
    process.platform === 'linux' && /ServiceUnknown|not provided by any|NoServer|autolaunch/i.test(reasonOf(thrown))
  )
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const late = delay(ANSWER_TIMEOUT_MS, undefined, { ref: false }).then(() => {
    throw new Error('The key store did not answer')
  })
  late.catch(() => {})
  return Promise.race([work, late])
}
