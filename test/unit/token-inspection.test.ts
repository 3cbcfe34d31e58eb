import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspectToken } from '../../src/main/core/token-inspection.js'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwt = (header: unknown, claims: unknown, signature = 'c2lnbmF0dXJl') =>
  `${part(header)}.${part(claims)}.${signature}`

describe('a token is taken apart', () => {
  it('as far as it can be read, and its signature is not shown', () => {
    const token = jwt(
      { alg: 'RS256', kid: 'k1' },
      { sub: 'me', scp: ['signature', 'impersonation'], exp: 1_800_000_000 },
    )
    const seen = inspectToken(token)
    expect(seen.header).toEqual([
      { name: 'alg', value: 'RS256' },
      { name: 'kid', value: 'k1' },
    ])
    expect(seen.claims).toContainEqual({ name: 'exp', value: '1800000000', atMs: 1_800_000_000_000 })
    expect(seen.scopes).toEqual(['signature', 'impersonation'])
    expect(seen.sizeBytes).toBe(token.length)
    expect(JSON.stringify(seen)).not.toContain('c2lnbmF0dXJl')
  })
  it('that is no JWT is said to be opaque', () => {
    expect(inspectToken('just-some-words')).toMatchObject({
      header: [],
      claims: [],
      opaque: [expect.stringMatching(/opaque/)],
    })
  })
  it('whose claims cannot be read says so, and shows its header', () => {
    const seen = inspectToken(`${part({ alg: 'RS256' })}.AAAA.x`)
    expect(seen.header).toHaveLength(1)
    expect(seen.opaque[0]).toMatch(/claims cannot be read/)
  })
  it.each([
    ['a time out of all bounds', { exp: 1e300, iat: Number.MAX_SAFE_INTEGER }],
    ['times as texts', { exp: 'soon' }],
    ['keys of the prototype', JSON.parse('{"__proto__":{"a":1},"constructor":"x"}')],
    ['a thousand claims', Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`c${at}`, at]))],
  ])('with %s is shown without a crash', (_name, claims) => {
    const { claims: rows } = inspectToken(jwt({}, claims))
    expect(rows.length).toBeLessThanOrEqual(40)
    for (const { atMs } of rows) if (atMs !== undefined) expect(() => new Date(atMs).toISOString()).not.toThrow()
  })
  it('shows no letters that turn the writing around, and clips long values', () => {
    const [row] = inspectToken(jwt({}, { name: `\u202e\u0000${'x'.repeat(500)}` })).claims
    expect(row?.value).toMatch(/^\ufffd\ufffdx+…$/)
    expect(row?.value.length).toBeLessThan(210)
  })
  it('whatever it is, never with a throw', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.string(), fc.string(), fc.string()).map((parts) => parts.join('.')),
      fc
        .tuple(fc.json(), fc.json())
        .map(
          ([header, claims]) =>
            `${Buffer.from(header).toString('base64url')}.${Buffer.from(claims).toString('base64url')}.x`,
        ),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const { header, claims, opaque } = inspectToken(text)
        expect(Array.isArray(header) && Array.isArray(claims) && opaque.length > 0).toBe(true)
      }),
    )
  })
})
