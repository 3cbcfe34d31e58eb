import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { answer } from '../../../src/main/platform/app-protocol.js'
import { isAppUrl } from '../../../src/main/platform/navigation-guard.js'

const root = mkdtempSync(join(tmpdir(), 'token-desk-test-'))
const folder = join(root, 'renderer')
mkdirSync(join(folder, 'assets'), { recursive: true })
mkdirSync(join(root, 'renderer-secret'))
writeFileSync(join(folder, 'index.html'), '<title>page</title>')
writeFileSync(join(folder, 'assets', 'app.js'), '1')
writeFileSync(join(folder, 'private.pem'), 'canary')
writeFileSync(join(root, 'secret.js'), 'canary')
writeFileSync(join(root, 'renderer-secret', 'a.js'), 'canary')

const get = (url: string, method = 'GET') => answer({ url, method } as Request, folder)

describe('app://', () => {
  it('serves the page with its policy', async () => {
    for (const path of ['', '/', '/index.html']) {
      const response = await get(`app://token-desk${path}`)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    }
    expect((await get('app://token-desk/assets/app.js')).headers.get('content-type')).toMatch(/^text\/javascript/)
  })
  it.each([
    'app://token-desk/../secret.js',
    'app://token-desk/%2e%2e/secret.js',
    'app://token-desk/..%2fsecret.js',
    'app://token-desk/..%5csecret.js',
    'app://token-desk/%2e%2e%2frenderer-secret/a.js',
    'app://token-desk//etc/passwd',
    'app://token-desk/index.html%00.js',
    'app://token-desk/%E0%A4%A',
    'app://token-desk/private.pem',
    'app://token-desk/assets',
    'app://token-desk/missing.js',
    'app://elsewhere/index.html',
    'not a url',
  ])('refuses %s', async (url) => {
    const response = await get(url)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('canary')
  })
  it('answers GET only', async () => {
    expect((await get('app://token-desk/index.html', 'POST')).status).toBe(404)
  })
})

describe('our own page', () => {
  it.each([
    ['app://token-desk/index.html', true],
    ['app://token-desk', true],
    ['app://token-desk.evil/index.html', false],
    ['app://token-deskx/', false],
    ['https://token-desk/', false],
    ['file:///etc/passwd', false],
  ])('%s: %s', (url, own) => {
    expect(isAppUrl(url)).toBe(own)
  })
})
