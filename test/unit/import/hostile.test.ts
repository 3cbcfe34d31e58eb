import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DeskError } from '../../../src/main/core/desk-error.js'
import { readImport } from '../../../src/main/core/import/read-import.js'
import { bytesOf, CONFIGURATIONS, INTEGRATION_KEY, USER_ID } from '../../helpers/configurations.js'
import { failureOf } from '../../helpers/errors.js'

const utf16 = (text: string, mark: boolean, bigEndian = false) => {
  const bytes = Buffer.from(mark ? `\ufeff${text}` : text, 'utf16le')
  return bigEndian ? bytes.swap16() : bytes
}
const NAMES = [...Object.keys(CONFIGURATIONS), 'x', 'notes.txt', 'a.xml', 'ü.ini']

/** Enough that time in its square would be minutes. */
const MUCH = 100_000

describe('what is no configuration gets one sentence', () => {
  const manyOf = (text: string, bytes = 1_000_000) => text.repeat(Math.floor(bytes / text.length))
  it.each<[string, string, Uint8Array | string, string]>([
    ['10 MB', '.env', manyOf('A=1\n', 10_000_000), 'import_too_large'],
    ['JSON 100,000 deep', 'a.json', '['.repeat(100_000) + ']'.repeat(100_000), 'import_unreadable'],
    ['objects 100,000 deep', 'a.json', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 'import_unreadable'],
    ['brackets without end', 'a.json', '['.repeat(500_000), 'import_unreadable'],
    ['XML 100,000 deep', 'app.config', '<a>'.repeat(100_000), 'import_unreadable'],
    ['brackets in a source file', 'ds_configuration.js', '{'.repeat(500_000), 'import_unreadable'],
    ['NUL bytes', '.env', `INTEGRATION_KEY=${INTEGRATION_KEY}\0\0`, 'import_unreadable'],
    [
      'a picture',
      'a.json',
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d),
      'import_unreadable',
    ],
    ['broken JSON', 'a.json', '{"clientId": ', 'import_unreadable'],
    ['broken XML', 'app.config', '<configuration><add key="ClientId" value="1"></configuration>', 'import_unreadable'],
    ['nothing', '.env', '', 'import_unknown'],
    ['prose', 'notes.txt', 'nothing of interest', 'import_unknown'],
    ['a JSON string', 'a.json', '"clientId"', 'import_unknown'],
    ['an empty list', 'a.json', '[]', 'import_unknown'],
    ['a package.json', 'package.json', '{"name":"x","version":"1"}', 'import_unknown'],
    [
      'an export of the future',
      'a.json',
      '{"format":"token-desk-profiles","version":2,"profiles":[]}',
      'import_unreadable',
    ],
    ['too many profiles', 'a.json', `[${manyOf(`{"ik":"a","sub":"b"},`, 30_000)}{}]`, 'import_too_large'],
  ])('%s', async (_name, fileName, content, code) => {
    const bytes = typeof content === 'string' ? bytesOf(content) : content
    const started = performance.now()
    const error = await failureOf(() => readImport(fileName, bytes))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(/^[A-Z][^\n]*\.$/)
    expect(performance.now() - started).toBeLessThan(4000)
  })
  it('an XML document type, with which entities would grow, is refused', async () => {
    const bomb = `<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><add key="ClientId" value="&c;"/>`
    expect((await failureOf(() => readImport('app.config', bytesOf(bomb)))).code).toBe('import_unreadable')
    const entity = `<configuration><add key="ClientId" value="&b;"/></configuration>`
    expect((await failureOf(() => readImport('app.config', bytesOf(entity)))).code).toBe('import_unreadable')
  })
  it.each(['"', "'", '`', '/*', '\\', '{', 'A="', "A='", '<', '#', '=', 'A=-----BEGIN ', '\t ', ','])(
    'much of %s is read in a moment',
    (part) => {
      for (const name of ['.env', 'a.json', 'a.properties', 'ds_config.py', 'app.config']) {
        for (const text of [manyOf(part, MUCH), manyOf(`${part}\n`, MUCH), `{${manyOf(part, MUCH)}`]) {
          const started = performance.now()
          try {
            readImport(name, bytesOf(text))
          } catch (thrown) {
            expect(thrown).toBeInstanceOf(DeskError)
          }
          expect(performance.now() - started, `${name}: ${text.slice(0, 20)}`).toBeLessThan(4000)
        }
      }
    },
    60_000,
  )
})

describe('other encodings are read', () => {
  const text = `# Grüße\nINTEGRATION_KEY=${INTEGRATION_KEY}\nUSER_ID=${USER_ID}\nname=Grüße\n`
  it.each<[string, Uint8Array]>([
    ['UTF-8 with a byte order mark', bytesOf(`\ufeff${text}`)],
    ['UTF-16, little-endian, with a byte order mark', utf16(text, true)],
    ['UTF-16, big-endian, with a byte order mark', utf16(text, true, true)],
    ['UTF-16, little-endian, without', utf16(text, false)],
    ['UTF-16, big-endian, without', utf16(text, false, true)],
    ['Latin-1', Buffer.from(text, 'latin1')],
  ])('%s', (_name, bytes) => {
    expect(readImport('.env', bytes).candidates[0]?.fields).toMatchObject({
      integrationKey: INTEGRATION_KEY,
      userId: USER_ID,
    })
  })
})

describe('prototype keys', () => {
  it.each<[string, string]>([
    [
      'a.json',
      `{"__proto__":{"polluted":1,"clientId":"${INTEGRATION_KEY}"},"constructor":{"prototype":{"polluted":1}}}`,
    ],
    ['.env', `__proto__=polluted\nconstructor=1\nINTEGRATION_KEY=${INTEGRATION_KEY}`],
    ['ds_config.py', `x = {"__proto__": {"polluted": "1"}, "ds_client_id": "${INTEGRATION_KEY}", "toString": "1"}`],
    ['a.properties', `__proto__.polluted=1\nclient-id=${INTEGRATION_KEY}\nvalueOf=\\u0031\\toString`],
    ['app.config', `<a><add key="__proto__" value="1"/><add key="ClientId" value="${INTEGRATION_KEY}"/></a>`],
    [
      'p.json',
      `{"name":"n","values":[{"key":"__proto__","value":"1"},{"key":"integrationKey","value":"${INTEGRATION_KEY}"}]}`,
    ],
  ])('in %s are names like others', (name, text) => {
    expect(readImport(name, bytesOf(text)).candidates[0]?.fields.integrationKey).toBe(INTEGRATION_KEY)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('whatever the bytes', () => {
  const fragments = fc.constantFrom(
    ...Object.values(CONFIGURATIONS),
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '`',
    ':',
    '=',
    '=>',
    ',',
    '<',
    '>',
    '<add key="ClientId" value="',
    '/*',
    '*/',
    '//',
    '\\',
    '\\u',
    '\n',
    '\r',
    '\0',
    '\ufeff',
    '__proto__',
    'INTEGRATION_KEY=',
    '"format":"token-desk-profiles"',
    '"version":1',
    '"profiles":',
    '"sealing":',
    INTEGRATION_KEY,
    USER_ID,
    '&amp;',
    '<![CDATA[',
    '<!--',
    '{{',
    '}}',
  )
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc
      .array(fc.oneof(fragments, fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 30 })
      .map((parts) => bytesOf(parts.join(''))),
    fc.json({ maxDepth: 4 }).map(bytesOf),
    fc
      .tuple(fc.constantFrom(...Object.values(CONFIGURATIONS)), fc.nat(), fc.nat(), fc.string({ maxLength: 6 }))
      .map(([text, from, length, put]) => {
        const at = from % text.length
        return bytesOf(text.slice(0, at) + put + text.slice(at + (length % 40)))
      }),
  )
  it('there are candidates, or there is one DeskError', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), bytes, (name, content) => {
        try {
          const { candidates } = readImport(name, content)
          expect(candidates.length).toBeGreaterThanOrEqual(0)
          for (const { fields } of candidates) expect(typeof fields.integrationKey).toBe('string')
        } catch (thrown) {
          if (!(thrown instanceof DeskError)) throw thrown
          expect(thrown.code).toMatch(/^import_(unreadable|too_large|unknown)$/)
        }
      }),
      { numRuns: 4000 },
    )
  }, 60_000)
})
