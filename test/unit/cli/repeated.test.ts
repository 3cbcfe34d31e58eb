import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repeated, repeatedPath } from '../../../src/cli/output.js'
import { makeRsa, pkcs1Pem } from '../../helpers/keys.js'

describe('what was typed is not repeated where it is', () => {
  const pems = Array.from({ length: 4 }, () => pkcs1Pem(makeRsa().privateKey))
  const lines = pems.flatMap((pem) => pem.split('\n').filter((line) => line.length > 40))

  it('any line of a key, or several of them', () => {
    expect(lines.length).toBeGreaterThan(80)
    for (const line of [...lines, lines.slice(0, 4).join(' '), ...pems, ...pems.map((pem) => btoa(pem))]) {
      expect(repeated(line, 'it')).toBe('it')
      expect(repeatedPath(line, 'it')).toBe('it')
      expect(repeatedPath(join(tmpdir(), line.replaceAll('/', 'x')), 'it')).toBe('it')
    }
  })
  it('a token, or a secret of the token server', () => {
    for (const text of [`eyJ0${'x'.repeat(700)}`, `tdk_${Buffer.alloc(32, 'k').toString('base64url')}`])
      expect(repeated(text, 'it')).toBe('it')
  })
})

describe('is repeated where it is', () => {
  it('a name, with nothing in it that moves a terminal’s cursor', () => {
    expect(repeated('My demo app (QA) 2026', 'it')).toBe('My demo app (QA) 2026')
    expect(repeated('a\u001b[2Jb\u202e', 'it')).toBe('a?[2Jb?')
    expect(repeated('5a1d0000-0000-4000-8000-000000000001', 'it')).toBe('5a1d0000-0000-4000-8000-000000000001')
  })
  it('a path, there or mistyped', () => {
    const folder = mkdtempSync(join(tmpdir(), 'a-folder-with-a-rather-long-name-that-goes-on-'))
    writeFileSync(join(folder, 'a.env'), '')
    for (const path of [join(folder, 'a.env'), join(folder, 'b.env'), 'config/.env', './x', 'keys\\private.key'])
      expect(repeatedPath(path, 'it')).toBe(path)
  })
})
