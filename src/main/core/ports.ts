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

/** The system's clipboard. Each call settles once it is done. */
export interface Clipboard {
  /** Marks the text, where the system can be told, as one that clipboard managers should neither keep nor show. */
  writeSecret(text: string): Promise<void>
  writeText(text: string): Promise<void>
  readText(): Promise<string>
  clear(): Promise<void>
}

/** Seals a data key: the operating system's store, or a passphrase. */
export interface Cipher {
  /** Recorded with each record that it sealed, so that the right one opens it again. */
  readonly wrapper: WrapperName
  /** Whether what it seals now is really protected, and by what. Never throws. */
  probe(): Promise<Protection>
  seal(secret: Uint8Array): Promise<Uint8Array>
  /** @throws whatever the store throws: the caller only needs to know that it did not open */
  open(sealed: Uint8Array): Promise<Opened>
}

export type WrapperName = 'safe-storage' | 'keyring' | 'passphrase'

export interface Opened {
  readonly secret: Uint8Array
  /** The store asks to seal it again: its own key has changed. */
  readonly stale: boolean
}

export interface Protection {
  readonly protects: boolean
  /** Name of the store behind it, such as `gnome_libsecret`, `Keychain`, `DPAPI`, `passphrase` or `basic_text`. */
  readonly backend: string
}
