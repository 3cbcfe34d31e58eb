import { describe, expect, it } from 'vitest'
import { isBareHost, isLoopbackHost, isRestBasePath, originOf } from '../../src/shared/environments.js'
import { guidHint, isGuid, profileProblems } from '../../src/shared/profile-rules.js'
import { parseScopes } from '../../src/shared/scopes.js'
import { profileInput } from '../helpers/profile-input.js'

describe('GUIDs', () => {
  it.each(['11111111-2222-4333-8444-555555555555', 'ABCDEF00-2222-4333-8444-555555555555'])('%s is one', (text) => {
    expect(isGuid(text)).toBe(true)
    expect(guidHint(text, 'userId')).toBeNull()
    expect(guidHint(` ${text} `, 'userId')).toBeNull()
  })
  it.each([
    ['dev@example.com', /email address/],
    ['12345678', /account number/],
    ['{11111111-2222-4333-8444-555555555555}', /brackets/],
    ['11111111222243338444555555555555', /dashes/],
    ['11111111-2222-4333-8444-55555555555', /too short/],
    ['-----BEGIN RSA PRIVATE KEY-----', /looks like a key/],
    ['my app', /8-4-4-4-12/],
    ['', /Apps and Keys/],
  ])('%s is named for what it is', (text, hint) => {
    expect(guidHint(text, 'userId')).toMatch(hint)
  })
})

describe('hosts and base paths', () => {
  it.each(['127.0.0.1', '127.0.0.1:8080', 'localhost:3000', '[::1]:80', 'LOCALHOST'])('%s is this computer', (host) => {
    expect(isLoopbackHost(host)).toBe(true)
    expect(originOf(host)).toBe(`http://${host}`)
  })
  it.each(['localhost.evil.com', '127.0.0.1.evil.com', '10.0.0.1', 'account-d.docusign.com', '128.0.0.1'])(
    '%s is not, so it is reached over https',
    (host) => {
      expect(isLoopbackHost(host)).toBe(false)
      expect(originOf(host)).toMatch(/^https:/)
    },
  )
  it.each(['account-d.docusign.com', 'proxy:8443', '127.0.0.1:9'])('%s is a bare host', (host) => {
    expect(isBareHost(host)).toBe(true)
  })
  it.each([
    'https://account-d.docusign.com',
    'host/path',
    'user@host',
    'host:',
    'host:99999',
    'a b',
    '',
    '-x.com',
    'x..com',
  ])('%s is not a bare host', (host) => {
    expect(isBareHost(host)).toBe(false)
  })
  it.each([
    ['https://demo.docusign.net/restapi', true],
    ['http://127.0.0.1:8910/restapi', true],
    ['http://demo.docusign.net/restapi', false],
    ['ftp://x/y', false],
    ['https://u:p@x/y', false],
    ['https://x/y?q', false],
    ['demo.docusign.net/restapi', false],
  ])('%s as a base path: %s', (path, fine) => {
    expect(isRestBasePath(path)).toBe(fine)
  })
})

describe('a profile', () => {
  it('that is complete has no problems', () => {
    expect(profileProblems(profileInput())).toEqual({})
  })
  it.each([
    ['name', { name: ' ' }],
    ['integrationKey', { integrationKey: 'x' }],
    ['userId', { userId: 'dev@example.com' }],
    ['scopes', { scopes: [] }],
    ['scopes', { scopes: ['signature'] }],
    ['scopes', { scopes: ['signature', 'impersonation', 'a"b'] }],
    ['scopes', { grant: 'application' as const, scopes: ['impersonation'] }],
    ['assertionLifetimeS', { assertionLifetimeS: 3601 }],
    ['assertionLifetimeS', { assertionLifetimeS: 60.5 }],
    ['assertionLifetimeS', { assertionLifetimeS: Number.NaN }],
    ['redirectUri', { redirectUri: 'javascript:alert(1)' }],
    ['oauthHost', { environment: 'custom' as const, oauthHost: 'https://x' }],
    ['oauthHost', { environment: 'custom' as const, oauthHost: 'account.docusign.com' }],
    ['oauthHost', { environment: 'custom' as const, oauthHost: 'ACCOUNT-D.docusign.com:443' }],
    ['oauthHost', { environment: 'custom' as const, oauthHost: 'account.docusign.com:0443' }],
    ['restBasePath', { environment: 'custom' as const, restBasePath: 'http://x/restapi' }],
    ['restBasePath', { environment: 'custom' as const, restBasePath: 'https://WWW.docusign.net:443/restapi' }],
    ['restBasePath', { environment: 'custom' as const, restBasePath: 'https://www.docusign.net./restapi' }],
  ])('has its %s checked', (field, change) => {
    expect(Object.keys(profileProblems(profileInput(change)))).toContain(field)
  })
  it('of an application grant needs no user', () => {
    expect(profileProblems(profileInput({ grant: 'application', userId: '', scopes: ['user_read'] }))).toEqual({})
  })
})

it('scopes are split on any white space, without repeats', () => {
  expect(parseScopes(' signature\n impersonation\tsignature ')).toEqual(['signature', 'impersonation'])
})
