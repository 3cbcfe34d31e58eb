import { deskError } from './desk-error.js'

/** The key found in a text: DER when it is in the clear, a rebuilt PEM when it is encrypted. */
export type ExtractedKey =
  | { readonly encrypted: false; readonly der: Buffer; readonly endSeen: boolean; readonly repairs: readonly string[] }
  | { readonly encrypted: true; readonly pem: string; readonly repairs: readonly string[] }

const BLOCK = /-----BEGIN ([A-Z0-9 ]+?)-----([\s\S]*?)(?:-----END ([A-Z0-9 ]+?)-----|$(?![\s\S]))/g

/**
 * Finds the private key in a text or file and undoes what editors, shells, `.env` files and JSON do to a PEM.
 * It goes by the text's own shape; whether the bytes are a sound key is for the caller to find out.
 *
 * @throws DeskError naming what the text is, where it cannot be a private key
 */
export function extractKey(source: Uint8Array | string): ExtractedKey {
  const repairs: string[] = []
  if (typeof source !== 'string') {
    // DER: SEQUENCE with a two-octet length, which every RSA private key above 127 octets has.
    if (source[0] === 0x30 && source[1] === 0x82) {
      return { encrypted: false, der: Buffer.from(source), endSeen: true, repairs }
    }
  }
  const text = tidy(typeof source === 'string' ? source : decodeText(source, repairs), repairs)
  if (text === '') throw deskError('key_empty')
  return text.includes('-----BEGIN') ? fromPem(text, repairs) : fromBare(text, repairs)
}

function decodeText(bytes: Uint8Array, repairs: string[]): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
  if (utf16) repairs.push('Read as UTF-16.')
  return new TextDecoder(utf16 ?? 'utf-8').decode(bytes)
}

/** Undoes quoting, escapes and typographic dashes. */
function tidy(raw: string, repairs: string[]): string {
  // A byte order mark and CRLF are harmless, so they are no repair worth a word.
  let text = raw
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .trim()
  const repaired = (next: string, sentence: string) => {
    if (next !== text) repairs.push(sentence)
    text = next.trim()
  }
  repaired(
    text.replace(/^(?:export\s+)?["']?[A-Za-z_][\w.-]*["']?\s*[=:]\s*(?=["'`]?-----BEGIN|["'`])/, ''),
    'Removed the variable name in front.',
  )
  repaired(text.replace(/^(["'`])([\s\S]*)\1[,;]?$/, '$2'), 'Removed the quotes around it.')
  repaired(text.replace(/(?:\\+r)?\\+n/g, '\n'), 'Turned written-out \\n into line breaks.')
  repaired(
    text
      .replace(/[-\u2010-\u2015]{2,}(\s*)(BEGIN|END)/g, '-----$2')
      .replace(/((?:BEGIN|END) [A-Z0-9 ]+?)\s*[-\u2010-\u2015]{2,}/g, '$1-----'),
    'Mended the dashes of the first or last line.',
  )
  return text
}

function fromPem(text: string, repairs: string[]): ExtractedKey {
  const blocks = [...text.matchAll(BLOCK)].map(([, label = '', body = '', endLabel]) => ({ label, body, endLabel }))
  const block = blocks.find(({ label }) => label.endsWith('PRIVATE KEY')) ?? blocks[0]
  if (!block) throw deskError('key_truncated')
  refuseOtherLabels(block.label)
  if (blocks.length > 1) repairs.push('Left out what is not the private key.')
  if (block.endLabel !== undefined && block.endLabel !== block.label)
    repairs.push('Mended a last line that names another format.')
  const headers = legacyHeaders(block.body)
  const base64 = block.body.replace(LEGACY_HEADERS, '').replace(/\s+/g, '')
  if (base64 === '') throw deskError('key_truncated')
  if (/[^A-Za-z0-9+/=]/.test(base64)) {
    throw deskError('key_unreadable', { message: 'There are characters in this key that no key has.' })
  }
  noteLayout(block.body.replace(LEGACY_HEADERS, ''), repairs)
  const endSeen = block.endLabel !== undefined
  if (headers || block.label === 'ENCRYPTED PRIVATE KEY') {
    if (!endSeen) throw deskError('key_truncated')
    return { encrypted: true, pem: armour(block.label, headers, base64), repairs }
  }
  if (!endSeen) repairs.push('Added the missing last line.')
  return { encrypted: false, der: Buffer.from(base64, 'base64'), endSeen, repairs }
}

function refuseOtherLabels(label: string): void {
  if (label.endsWith('PUBLIC KEY')) throw deskError('key_is_public')
  if (label.includes('CERTIFICATE')) throw deskError('key_is_certificate')
  if (label === 'OPENSSH PRIVATE KEY') throw deskError('key_is_openssh')
  if (/^(EC|DSA) PRIVATE KEY$/.test(label)) throw deskError('key_not_rsa')
  if (!label.endsWith('PRIVATE KEY')) throw deskError('key_unreadable')
}

/** Headers of the old OpenSSL encryption. RFC 1421 section 4.6; they may share a line once a PEM was flattened. */
const LEGACY_HEADERS = /Proc-Type:\s*4,\s*ENCRYPTED\s+DEK-Info:\s*([A-Z0-9-]+),\s*([0-9A-Fa-f]+)/

function legacyHeaders(body: string): string | null {
  const found = LEGACY_HEADERS.exec(body)
  return found ? `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${found[1]},${found[2]}\n\n` : null
}

function armour(label: string, headers: string | null, base64: string): string {
  const lines = base64.match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${headers ?? ''}${lines.join('\n')}\n-----END ${label}-----\n`
}

function noteLayout(body: string, repairs: string[]): void {
  const lines = body.trim().split('\n')
  if (lines.length === 1 && lines[0] !== undefined && lines[0].length > 80) repairs.push('Restored the line breaks.')
  else if (lines.some((line) => /^\s+\S/.test(line))) repairs.push('Removed the indentation.')
  else if (lines.some((line) => line.trim() === '')) repairs.push('Removed blank lines.')
}

/** No BEGIN line: base64 of a PEM, the bare body of one, or no key at all. */
function fromBare(text: string, repairs: string[]): ExtractedKey {
  if (/^PuTTY-User-Key-File/.test(text)) {
    throw deskError('key_unreadable', {
      message: 'This key is in PuTTY’s own format.',
      hint: 'Export it from PuTTYgen as an OpenSSL PEM key.',
    })
  }
  if (/^(ssh-|ecdsa-)/.test(text)) throw deskError('key_is_public')
  if (looksLikePath(text)) throw deskError('key_is_path')
  const base64 = text.replace(/-----END [A-Z0-9 ]+-----?/, '').replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/_-]{64,}={0,2}$/.test(base64)) throw deskError('key_unreadable')
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.includes('-----BEGIN')) {
    const inner = bytes.toString('latin1')
    bytes.fill(0)
    return fromPem(tidy(inner, repairs), [...repairs, 'Decoded the base64 around it.'])
  }
  if (bytes[0] !== 0x30) {
    bytes.fill(0)
    throw deskError('key_unreadable')
  }
  return {
    encrypted: false,
    der: bytes,
    endSeen: false,
    repairs: [...repairs, 'Added the missing first and last lines.'],
  }
}

function looksLikePath(text: string): boolean {
  if (text.includes('\n') || text.length > 1024) return false
  return /^(file:|~|\.{0,2}[\\/]|[A-Za-z]:[\\/])/.test(text) || /\.(pem|key|txt|der|p8|pk8)$/i.test(text)
}
