import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MAX_KEY_BYTES, readPrivateKey } from '../../src/main/core/private-key.js'
import { codeOf, failureOf } from '../helpers/errors.js'
import { makeRsa, pkcs1Pem, pkcs8Pem } from '../helpers/keys.js'

const { privateKey, publicKey } = makeRsa()
const pem = pkcs1Pem(privateKey)
const pem8 = pkcs8Pem(privateKey)
const body = pem.split('\n').slice(1, -2).join('')
const spki = publicKey.export({ type: 'spki', format: 'der' })
const expected = createHash('sha256')
  .update(spki)
  .digest('hex')
  .replace(/..(?!$)/g, '$&:')

function read(source: string | Uint8Array, passphrase?: string) {
  const key = readPrivateKey(source, passphrase)
  if (key.kind !== 'ready') throw new Error('asked for a passphrase')
  return key
}

describe('a key that is fine as it is', () => {
  it.each([
    ['PKCS#1', pem],
    ['PKCS#8', pem8],
    ['CRLF line ends', pem.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${pem}`],
    ['no final newline', pem.trimEnd()],
    ['white space around it', `\n\n  ${pem}\n\n`],
  ])('%s is read without a repair', (_name, text) => {
    const key = read(text)
    expect(key.fingerprint).toBe(expected)
    expect(key.bits).toBe(2048)
    expect(key.repairs).toEqual([])
    expect(key.publicKeyPem).toContain('BEGIN PUBLIC KEY')
  })
})

describe('a key mangled on its way is repaired', () => {
  it.each([
    ['literal \\n', pem.replaceAll('\n', '\\n'), /line breaks/],
    ['literal \\r\\n', pem.replaceAll('\n', '\\r\\n'), /line breaks/],
    ['doubly escaped \\\\n', pem.replaceAll('\n', '\\\\n'), /line breaks/],
    ['double quotes', `"${pem}"`, /quotes/],
    ['single quotes', `'${pem.trim()}'`, /quotes/],
    ['a JSON string with a comma', `${JSON.stringify(pem)},`, /quotes/],
    ['a .env line', `DS_PRIVATE_KEY="${pem.replaceAll('\n', '\\n')}"`, /variable name/],
    ['a shell export', `export PRIVATE_KEY='${pem}'`, /variable name/],
    ['a JSON property', `"privateKey": "${pem.replaceAll('\n', '\\n')}",`, /variable name/],
    ['all on one line', pem.replaceAll('\n', ' ').trim(), /line breaks/],
    ['no white space at all', pem.replaceAll('\n', ''), /line breaks/],
    ['indented', pem.replace(/^/gm, '    '), /indentation/],
    ['blank lines between', pem.replaceAll('\n', '\n\n'), /blank lines/],
    ['no first and last line', body, /first and last/],
    ['base64 of the PEM', Buffer.from(pem).toString('base64'), /base64/],
    ['base64 of the PEM, wrapped', Buffer.from(pem).toString('base64').replace(/.{76}/g, '$&\n'), /base64/],
    ['typographic dashes', pem.replaceAll('-----', '—–'), /dashes/],
    ['a last line of another format', pem.replace('END RSA PRIVATE KEY', 'END PRIVATE KEY'), /last line/],
    ['no last line', pem.split('\n').slice(0, -2).join('\n'), /missing last line/],
    [
      'the public key pasted along',
      `${publicKey.export({ type: 'spki', format: 'pem' })}${pem}`,
      /not the private key/,
    ],
  ])('%s', (_name, text, repair) => {
    const key = read(text)
    expect(key.fingerprint).toBe(expected)
    expect(key.repairs.join(' ')).toMatch(repair)
  })

  it('a header of the other format', () => {
    expect(read(pem8.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY')).fingerprint).toBe(expected)
    expect(read(pem.replaceAll('RSA PRIVATE KEY', 'PRIVATE KEY')).fingerprint).toBe(expected)
  })
  it('a UTF-16 file, as Windows editors write it', () => {
    expect(read(Buffer.from(`\uFEFF${pem}`, 'utf16le')).fingerprint).toBe(expected)
  })
  it('DER files of either format', () => {
    expect(read(privateKey.export({ type: 'pkcs1', format: 'der' })).fingerprint).toBe(expected)
    expect(read(privateKey.export({ type: 'pkcs8', format: 'der' })).fingerprint).toBe(expected)
  })
})

describe('an encrypted key', () => {
  const modern = privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' })
    .toString()
  const legacy = privateKey
    .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'right' })
    .toString()

  it.each([
    ['PKCS#8', modern],
    ['OpenSSL’s old format', legacy],
    ['the old format with literal \\n', legacy.replaceAll('\n', '\\n')],
    ['the old format on one line', legacy.replaceAll('\n', ' ')],
  ])('%s asks for its passphrase and opens with it', (_name, text) => {
    expect(readPrivateKey(text)).toEqual({ kind: 'passphrase-needed' })
    expect(read(text, 'right').fingerprint).toBe(expected)
  })
  it('says so when the passphrase is wrong or empty', async () => {
    for (const text of [modern, legacy]) {
      expect(await codeOf(() => readPrivateKey(text, 'wrong'))).toBe('key_passphrase_wrong')
      expect(await codeOf(() => readPrivateKey(text, ''))).toBe('key_passphrase_wrong')
    }
  })
})

describe('what cannot be used is named', () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ed = generateKeyPairSync('ed25519')
  const damaged = Buffer.from(privateKey.export({ type: 'pkcs1', format: 'der' }))
  // Inside the modulus: OpenSSL never looks at the exponent beside the primes.
  damaged[60] = (damaged[60] ?? 0) ^ 0xff

  it.each([
    ['nothing', '', 'key_empty'],
    ['white space', ' \n\t ', 'key_empty'],
    ['empty quotes', '""', 'key_empty'],
    ['a public key', publicKey.export({ type: 'spki', format: 'pem' }), 'key_is_public'],
    ['an RSA public key', publicKey.export({ type: 'pkcs1', format: 'pem' }), 'key_is_public'],
    ['a public key without its lines', spki.toString('base64'), 'key_is_public'],
    ['an ssh public key', 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ== me@host', 'key_is_public'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIID\n-----END CERTIFICATE-----', 'key_is_certificate'],
    [
      'an OpenSSH key',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----',
      'key_is_openssh',
    ],
    ['a PuTTY key', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none', 'key_unreadable'],
    ['an EC key, SEC1', ec.privateKey.export({ type: 'sec1', format: 'pem' }), 'key_not_rsa'],
    ['an EC key, PKCS#8', ec.privateKey.export({ type: 'pkcs8', format: 'pem' }), 'key_not_rsa'],
    ['an Ed25519 key', ed.privateKey.export({ type: 'pkcs8', format: 'pem' }), 'key_not_rsa'],
    ['1024 bits', pkcs1Pem(makeRsa(1024).privateKey), 'key_too_small'],
    ['the first half', pem.slice(0, 900), 'key_truncated'],
    ['the first half with a last line', `${pem.slice(0, 900)}\n-----END RSA PRIVATE KEY-----`, 'key_truncated'],
    ['only a first line', '-----BEGIN RSA PRIVATE KEY-----', 'key_truncated'],
    ['half a first line', '-----BEGIN RSA PRIV', 'key_truncated'],
    ['a Unix path', '/home/dev/keys/private.key', 'key_is_path'],
    ['a home path', '~/keys/docusign.pem', 'key_is_path'],
    ['a Windows path', 'C:\\Users\\dev\\private.pem', 'key_is_path'],
    ['a bare file name', 'private.key', 'key_is_path'],
    ['a GUID', '11111111-2222-4333-8444-555555555555', 'key_unreadable'],
    ['prose', 'please find the key attached', 'key_unreadable'],
    ['foreign characters inside', pem.replace('MII', 'MI§'), 'key_unreadable'],
    [
      'damaged numbers',
      `-----BEGIN RSA PRIVATE KEY-----\n${damaged.toString('base64')}\n-----END RSA PRIVATE KEY-----`,
      'key_unreadable',
    ],
    ['an overlong text', 'x'.repeat(MAX_KEY_BYTES + 1), 'key_file_too_large'],
  ])('%s', async (_name, text, code) => {
    const failure = await failureOf(() => readPrivateKey(text.toString()))
    expect(failure.code).toBe(code)
    expect(failure.hint).toBeTruthy()
    // The text may be a key: nothing of it goes into an error.
    const given = text
      .toString()
      .replace(/-----[A-Z ]+-----/g, '')
      .trim()
    if (given.length > 24) expect(JSON.stringify(failure)).not.toContain(given.slice(0, 24))
  })

  it('binary rubbish is refused, whatever its bytes', async () => {
    for (const first of [0x00, 0x30, 0x7f, 0xef, 0xfe, 0xff]) {
      const bytes = Uint8Array.from({ length: 600 }, (_, i) => (i === 0 ? first : (i * 7 + 0x82) & 0xff))
      expect(await codeOf(() => readPrivateKey(bytes))).toMatch(/^key_/)
    }
  })
})
