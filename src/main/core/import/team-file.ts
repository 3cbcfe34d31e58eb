import { ENVIRONMENT_IDS, type EnvironmentId } from '../../../shared/environments.js'
import { IMPORT_LIMITS } from '../../../shared/import-views.js'
import type { ProfileFields } from '../../../shared/views.js'
import { deskError } from '../desk-error.js'
import type { SealedBytes } from '../key-envelope.js'
import { SCRYPT_COST, type ScryptCost } from '../passphrase-key.js'
import type { Candidate } from './candidate.js'
import { isRecord } from './json-text.js'

/** Token Desk's own file for handing profiles on. Without `sealing` there is nothing secret in it. */
export const TEAM_FORMAT = 'token-desk-profiles'
export const TEAM_VERSION = 1

/** How the keys in the file are sealed: AES-256-GCM under what scrypt makes of a passphrase. */
export interface Sealing extends ScryptCost {
  readonly kdf: 'scrypt'
  /** Base64. */
  readonly salt: string
}

export interface TeamFile {
  readonly candidates: readonly Candidate[]
  readonly sealing: Sealing | null
}

/** What one key is sealed to: a key cannot be passed off under another user, environment or host. */
export function sealContext(fields: ProfileFields): string {
  const { environment, integrationKey, userId, grant, oauthHost, restBasePath } = fields
  return JSON.stringify([
    TEAM_FORMAT,
    TEAM_VERSION,
    environment,
    integrationKey,
    userId,
    grant,
    oauthHost,
    restBasePath,
  ])
}

/**
 * @returns `null` for a value of another format
 * @throws DeskError `import_unreadable`, `import_too_large`
 */
export function readTeamFile(value: unknown): TeamFile | null {
  if (!isRecord(value) || value.format !== TEAM_FORMAT) return null
  if (typeof value.version === 'number' && value.version > TEAM_VERSION) {
    throw deskError('import_unreadable', {
      message: 'This export was written by a newer version of Token Desk.',
      hint: 'Update Token Desk. Nothing was changed.',
    })
  }
  if (value.version !== TEAM_VERSION || !Array.isArray(value.profiles)) throw damaged()
  if (value.profiles.length > IMPORT_LIMITS.profiles) throw deskError('import_too_large')
  const candidates = value.profiles.map(candidateOf)
  const sealing = sealingOf(value.sealing)
  if (!sealing && candidates.some(({ sealedKey }) => sealedKey !== null)) throw damaged()
  return { candidates, sealing }
}

function damaged() {
  return deskError('import_unreadable', { message: 'This export of Token Desk is damaged.' })
}

function candidateOf(entry: unknown): Candidate {
  if (!isRecord(entry)) throw damaged()
  const environment = environmentOf(entry.environment)
  const { grant, scopes, assertionLifetimeS, autoRenew, key } = entry
  if (grant !== 'user' && grant !== 'application') throw damaged()
  if (!Array.isArray(scopes) || scopes.length > 100 || typeof assertionLifetimeS !== 'number') throw damaged()
  return {
    environment,
    hasSeveralHosts: false,
    fields: {
      name: text(entry.name),
      integrationKey: text(entry.integrationKey),
      userId: text(entry.userId),
      grant,
      scopes: scopes.map(text),
      assertionLifetimeS,
      autoRenew: autoRenew === true,
      redirectUri: text(entry.redirectUri),
      oauthHost: text(entry.oauthHost),
      restBasePath: text(entry.restBasePath),
    },
    keyText: null,
    keyFileName: null,
    sealedKey: key === undefined ? null : sealedOf(key),
    notes: [],
  }
}

function environmentOf(value: unknown): EnvironmentId {
  const environment = ENVIRONMENT_IDS.find((id) => id === value)
  if (!environment) throw damaged()
  return environment
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value.length > 2048) throw damaged()
  return value
}

function sealedOf(value: unknown): SealedBytes {
  if (!isRecord(value) || typeof value.ciphertext !== 'string' || value.ciphertext.length > 16_384) throw damaged()
  return { nonce: text(value.nonce), ciphertext: value.ciphertext, tag: text(value.tag) }
}

/** Version 1 has one cost. A file that asks for another would choose how weak the seal is, or how much memory we take. */
function sealingOf(value: unknown): Sealing | null {
  if (value === undefined) return null
  const { N, r, p } = SCRYPT_COST
  if (!isRecord(value) || value.kdf !== 'scrypt' || value.N !== N || value.r !== r || value.p !== p) throw damaged()
  return { kdf: 'scrypt', salt: text(value.salt), N, r, p }
}
