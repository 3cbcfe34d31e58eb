import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type ParsedKey, readPrivateKey } from '../../src/main/core/private-key.js'

/** Test keys are made at run time: no key ever lies in the repository. */
export function makeRsa(modulusLength = 2048): { privateKey: KeyObject; publicKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength })
}

export const pkcs1Pem = (key: KeyObject) => key.export({ type: 'pkcs1', format: 'pem' }).toString()
export const pkcs8Pem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString()

let shared: ParsedKey | undefined
/** One pair for the tests that need any key at all. */
export function anyKey(): ParsedKey {
  shared ??= parsed(makeRsa().privateKey)
  return shared
}

export function parsed(key: KeyObject): ParsedKey {
  const read = readPrivateKey(pkcs1Pem(key))
  if (read.kind !== 'ready') throw new Error('an unencrypted key asked for a passphrase')
  return read
}
