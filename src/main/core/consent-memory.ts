import type { AppError } from '../../shared/result.js'
import type { DocumentStore } from './ports.js'
import { refuseNewer } from './schema-version.js'
import type { TokenSpec } from './token-manager.js'

const SCHEMA_VERSION = 1

type Consenting = Pick<TokenSpec, 'oauthHost' | 'integrationKey' | 'userId' | 'scopes'> & {
  readonly environment: string
}

/**
 * What users are known to have consented to, because a token with these scopes was granted. It is a hint, never a
 * proof: consent can be given, and revoked, without Token Desk.
 */
export interface ConsentMemory {
  /** Learns from how a request for a token went. Never throws: what cannot be saved is a hint less. */
  learn(asked: Consenting, error: AppError | null): void
  /** Scopes that go beyond what is known; empty where nothing is known of this user and key. */
  newScopes(wanted: Consenting): string[]
}

interface Entry {
  readonly environment: string
  /** Of the custom environment only: the others have one each, and the simulator another at each start. */
  readonly oauthHost: string
  readonly integrationKey: string
  readonly userId: string
  readonly scopes: readonly string[]
}

export function createConsentMemory(store: DocumentStore): ConsentMemory {
  let document = store.read()

  const entries = (): Entry[] => (Array.isArray(document.granted) ? document.granted.filter(isEntry) : [])
  const find = (wanted: Consenting) => entries().find((entry) => nameOf(entry) === nameOf(wanted))

  function replace(wanted: Consenting, scopes: readonly string[] | null): void {
    refuseNewer(document, SCHEMA_VERSION, 'the known consents')
    const others = entries().filter((entry) => nameOf(entry) !== nameOf(wanted))
    const { environment, integrationKey, userId } = wanted
    const oauthHost = environment === 'custom' ? wanted.oauthHost : ''
    const entry = scopes && { environment, oauthHost, integrationKey, userId, scopes: [...scopes].sort() }
    const full = { ...document, schemaVersion: SCHEMA_VERSION, granted: entry ? [...others, entry] : others }
    store.write(full)
    document = full
  }

  return {
    learn(asked, error) {
      // An application grant acts as nobody, so nobody consents to it.
      if (asked.userId === null) return
      const known = find(asked)?.scopes
      const unknown = asked.scopes.filter((scope) => known?.includes(scope) !== true)
      try {
        if (!error && unknown.length > 0) replace(asked, [...(known ?? []), ...unknown])
        // Consent to all of it was known, and is needed again: it was revoked.
        if (error?.code === 'consent_required' && known && unknown.length === 0) replace(asked, null)
      } catch {
        // The disk refused.
      }
    },
    newScopes(wanted) {
      const known = wanted.userId === null ? undefined : find(wanted)?.scopes
      return known ? wanted.scopes.filter((scope) => !known.includes(scope)) : []
    },
  }
}

function nameOf({ environment, oauthHost, integrationKey, userId }: Omit<Consenting, 'scopes'>): string {
  return JSON.stringify([environment, environment === 'custom' ? oauthHost : '', integrationKey, userId]).toLowerCase()
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false
  const { environment, oauthHost, integrationKey, userId, scopes } = value as Record<string, unknown>
  return (
    [environment, oauthHost, integrationKey, userId].every((text) => typeof text === 'string') &&
    Array.isArray(scopes) &&
    scopes.every((scope) => typeof scope === 'string')
  )
}
