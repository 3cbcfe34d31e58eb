import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { consentUrl } from '../../../src/main/core/consent.js'
import { createProfiles } from '../../../src/main/core/profiles.js'
import { createOpenUrl } from '../../../src/main/platform/open-url.js'
import { readKeyFile } from '../../../src/main/platform/read-key-file.js'
import { codeOf, failureOf } from '../../helpers/errors.js'
import { MemoryStore } from '../../helpers/memory-store.js'
import { profileInput } from '../../helpers/profile-input.js'

describe('the consent page’s address', () => {
  const profile = createProfiles(new MemoryStore()).save(
    profileInput({
      redirectUri: 'https://example.com/ds/callback?a=1&b=2',
      scopes: ['signature', 'impersonation', 'dtr.rooms.read'],
    }),
  )
  it('is the environment’s own host, with %20 between scopes and an exact redirect URI', () => {
    expect(consentUrl(profile, 'account-d.docusign.com', { state: 'st', admin: false })).toBe(
      'https://account-d.docusign.com/oauth/auth?response_type=code&scope=signature%20impersonation%20dtr.rooms.read' +
        '&client_id=11111111-2222-4333-8444-555555555555&redirect_uri=https%3A%2F%2Fexample.com%2Fds%2Fcallback%3Fa%3D1%26b%3D2&state=st',
    )
  })
  it('asks an administrator for the scopes of all users, and for openid of their own', () => {
    const { searchParams } = new URL(consentUrl(profile, 'account-d.docusign.com', { state: 'st', admin: true }))
    expect(Object.fromEntries(searchParams)).toMatchObject({
      scope: 'openid',
      admin_consent_scope: 'signature impersonation dtr.rooms.read',
      state: 'st',
    })
  })
  it('is refused without a redirect URI, and says which field', async () => {
    const failure = await failureOf(() =>
      consentUrl({ ...profile, redirectUri: '' }, 'account-d.docusign.com', { state: 'st', admin: false }),
    )
    expect(failure).toMatchObject({
      code: 'profile_invalid',
      remedy: 'edit-profile',
      fields: { redirectUri: expect.any(String) },
    })
  })
})

describe('opening the user’s browser', () => {
  const opened: string[] = []
  const openUrl = createOpenUrl(async (url) => void opened.push(url))
  it('is for the one origin that is meant, a default port included', async () => {
    await openUrl('https://proxy/oauth/auth?x', 'https://proxy:443')
    await openUrl('http://127.0.0.1:8080/a', 'http://127.0.0.1:8080')
    expect(opened).toEqual(['https://proxy/oauth/auth?x', 'http://127.0.0.1:8080/a'])
  })
  it.each([
    ['https://evil.example/', 'https://account-d.docusign.com'],
    ['https://account-d.docusign.com.evil.example/', 'https://account-d.docusign.com'],
    ['http://account-d.docusign.com/', 'https://account-d.docusign.com'],
    ['file:///etc/passwd', 'file:///etc/passwd'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
  ])('%s is refused', async (url, origin) => {
    expect(await codeOf(() => openUrl(url, origin))).toBe('forbidden')
  })
  it('a browser that does not come is told', async () => {
    const failing = createOpenUrl(() => Promise.reject(new Error('no browser')))
    expect(await codeOf(() => failing('https://a.example/', 'https://a.example'))).toBe('browser_failed')
  })
})

describe('reading a key file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-desk-test-'))
  it('gives its bytes', async () => {
    writeFileSync(join(folder, 'key'), 'abc')
    expect((await readKeyFile(join(folder, 'key'))).toString()).toBe('abc')
  })
  it('names what cannot be read', async () => {
    writeFileSync(join(folder, 'huge'), Buffer.alloc(65 * 1024))
    expect(await codeOf(() => readKeyFile(join(folder, 'huge')))).toBe('key_file_too_large')
    expect(await codeOf(() => readKeyFile(join(folder, 'missing')))).toBe('key_file_unreadable')
    expect(await codeOf(() => readKeyFile(folder))).toBe('key_file_unreadable')
  })
})
