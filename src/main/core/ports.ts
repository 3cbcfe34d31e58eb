import type { ClockReading } from '../../shared/lifetime.js'

/** The few things that core needs of the outside. Electron, or a test, supplies them. */

export interface Clock {
  read(): ClockReading
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** `fetch`, as Electron's `net.fetch` and Node's both have it. */
export type Fetch = (
  url: string,
  init: {
    method: string
    headers: Record<string, string>
    body?: string
    redirect: 'manual'
    credentials: 'omit'
    cache: 'no-store'
    signal: AbortSignal
  },
) => Promise<Response>

/** One JSON document on disk. `write` returns only once the document is safely there, and throws DeskError `save_failed` otherwise. */
export interface DocumentStore {
  read(): Record<string, unknown>
  write(document: Record<string, unknown>): void
}

/** What the operating system offers to protect a small secret at rest. */
export interface Cipher {
  /** Which wrapper this is, recorded with each record it sealed. */
  readonly wrapper: string
  /** Whether what it seals is really protected, and by what. Never throws. */
  probe(): Promise<Protection>
  seal(secret: Uint8Array): Promise<Uint8Array>
  open(sealed: Uint8Array): Promise<Uint8Array>
}

export interface Protection {
  readonly protects: boolean
  /** Name of the store behind it, such as `gnome_libsecret`, `keychain`, `dpapi` or `basic_text`. */
  readonly backend: string
}
