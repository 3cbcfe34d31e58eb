import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Nothing secret, and nothing of anybody's machine, goes into the repository. */
const FORBIDDEN: Readonly<Record<string, RegExp>> = {
  'a private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\n|\s)+[A-Za-z0-9+/]{40}/,
  'the body of a private key': /\bMII[A-Za-z0-9+/]{200,}/,
  'a JWT': /\beyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}/,
  'a bearer token': /Bearer [A-Za-z0-9._~+/-]{40,}/,
  'a home folder': /\/(?:home|Users)\/(?!dev\/)[a-z][a-z0-9_-]+\//,
  'a registry address': /"resolved":\s*"https?:/,
}

it('no tracked file holds a secret or a path of somebody’s machine', () => {
  const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' })
    .split('\n')
    .filter((path) => path && !/\.png$/.test(path))
  expect(files.length).toBeGreaterThan(100)
  const found = files.flatMap((path) => {
    const text = readFileSync(path, 'utf8')
    return Object.entries(FORBIDDEN).flatMap(([what, pattern]) => (pattern.test(text) ? [`${path}: ${what}`] : []))
  })
  expect(found).toEqual([])
})

it('and the scan finds what it looks for', () => {
  const planted = {
    'a private key': `-----BEGIN RSA PRIVATE KEY-----\n${'A'.repeat(64)}`,
    'the body of a private key': `MII${'A'.repeat(300)}`,
    'a JWT': ['eyJ', '.', '.'].map((part) => part + 'a'.repeat(30)).join(''),
    'a bearer token': `Bearer ${'a'.repeat(50)}`,
    'a home folder': ['', 'Users', 'somebody', 'x'].join('/'),
    'a registry address': ['"resolved": "', 'https:'].join(''),
  }
  for (const [what, text] of Object.entries(planted)) expect(text, what).toMatch(FORBIDDEN[what] ?? /(?!)/)
})
