import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { deskError } from './desk-error.js'
import { extractKey } from './key-text.js'

const MIN_RSA_BITS = 2048
/** Four times the largest PEM in use; anything above is some other file. */
export const MAX_KEY_BYTES = 64 * 1024

export interface ParsedKey {
  readonly kind: 'ready'
  readonly privateKey: KeyObject
  readonly fingerprint: string
  readonly bits: number
  readonly publicKeyPem: string
  /** What had to be repaired, as sentences. */
  readonly repairs: readonly string[]
}

/**
 * Reads whatever a developer has: PEM (PKCS#1, PKCS#8, encrypted), DER, or a PEM mangled on its way.
 *
 * @param passphrase for an encrypted key; without it the answer is `passphrase-needed`
 * @throws DeskError `key_*`, naming what the text is instead. Nothing depends on the crypto library's error texts:
 *   Electron's BoringSSL words them differently from Node's OpenSSL.
 */
export function readPrivateKey(
  source: Uint8Array | string,
  passphrase?: string,
): ParsedKey | { kind: 'passphrase-needed' } {
  if (source.length > MAX_KEY_BYTES) throw deskError('key_file_too_large')
  const extracted = extractKey(source)
  if (extracted.encrypted && passphrase === undefined) return { kind: 'passphrase-needed' }
  try {
    const privateKey = extracted.encrypted
      ? decrypt(extracted.pem, passphrase ?? '')
      : parseDer(extracted.der, extracted.endSeen)
    return { kind: 'ready', privateKey, repairs: extracted.repairs, ...describe(privateKey) }
  } finally {
    if (!extracted.encrypted) extracted.der.fill(0)
  }
}

function decrypt(pem: string, passphrase: string): KeyObject {
  // Node makes buffers of texts, and leaves them: ours can be zeroed.
  const bytes = Buffer.from(pem)
  const secret = Buffer.from(passphrase)
  const key = attempt(() => createPrivateKey({ key: bytes, format: 'pem', passphrase: secret }))
  bytes.fill(0)
  secret.fill(0)
  if (!key) throw deskError('key_passphrase_wrong')
  return key
}

function parseDer(der: Buffer, endSeen: boolean): KeyObject {
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    const key = attempt(() => createPrivateKey({ key: der, format: 'der', type }))
    if (key) return key
  }
  if (attempt(() => createPublicKey({ key: der, format: 'der', type: 'spki' }))) throw deskError('key_is_public')
  const declared = derLength(der)
  if (declared !== null && declared > der.length) throw deskError('key_truncated')
  if (declared !== null && !endSeen && declared !== der.length) throw deskError('key_truncated')
  throw deskError('key_unreadable')
}

/** Whole length that the outermost DER element declares, header included; `null` where none is declared. X.690 8.1.3. */
function derLength(der: Buffer): number | null {
  const first = der[1]
  if (der[0] !== 0x30 || first === undefined) return null
  if (first < 0x80) return 2 + first
  const octets = first & 0x7f
  if (octets === 0 || octets > 4 || der.length < 2 + octets) return null
  return 2 + octets + der.readUIntBE(2, octets)
}

function describe(privateKey: KeyObject): Pick<ParsedKey, 'fingerprint' | 'bits' | 'publicKeyPem'> {
  if (privateKey.asymmetricKeyType !== 'rsa') throw deskError('key_not_rsa')
  const bits = privateKey.asymmetricKeyDetails?.modulusLength ?? 0
  if (bits < MIN_RSA_BITS) {
    throw deskError('key_too_small', { message: `This RSA key has ${bits} bits. Docusign needs 2048 at least.` })
  }
  const publicKey = createPublicKey(privateKey)
  // A key whose numbers do not belong together parses well and then signs rubbish: find out now, not at Docusign.
  const probe = Buffer.from('token-desk')
  const sound = attempt(() => verify('sha256', probe, publicKey, sign('sha256', probe, privateKey)))
  if (!sound) {
    throw deskError('key_unreadable', {
      message: 'This key is damaged: its numbers do not belong together.',
      hint: 'Copy it again from where you keep it.',
    })
  }
  return {
    bits,
    fingerprint: fingerprintOf(privateKey),
    publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  }
}

/** SHA-256 over the public half's SubjectPublicKeyInfo, hex pairs joined by colons. RFC 7469 section 2.4 hashes the same. */
export function fingerprintOf(privateKey: KeyObject): string {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
  return createHash('sha256')
    .update(spki)
    .digest('hex')
    .replace(/..(?!$)/g, '$&:')
}

/** `undefined` when `work` throws: the error's text is never looked at. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
