import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { renderToken } from '../../src/main/core/copy-formats.js'
import { DeskError } from '../../src/main/core/desk-error.js'
import type { TokenFacts } from '../../src/main/core/token-facts.js'
import { COPY_FORMAT_IDS } from '../../src/shared/copy-formats.js'

const facts: TokenFacts = {
  accessToken: 'eyJ0.eyJ1.sig-_9',
  expiresAtMs: Date.UTC(2026, 0, 1),
  remainingMs: 3_599_500,
  environment: 'demo',
  profileName: 'QA',
  oauthHost: 'account-d.docusign.com',
  restBasePath: 'https://na3.docusign.net/restapi',
  accountId: '5a1d0000-0000-4000-8000-000000000001',
  integrationKey: '0b9f6c2e-1d3a-4c5b-8e7f-a1b2c3d4e5f6',
  userId: '11111111-2222-4333-8444-555555555555',
  scopes: ['signature', 'impersonation'],
}
/** Whatever a server may send as a token: jwt-grant.ts takes visible ASCII and nothing else. */
const anyToken = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
})
const anyName = fc.string({ unit: 'binary' })
const render = (format: (typeof COPY_FORMAT_IDS)[number], change: Partial<TokenFacts> = {}) =>
  renderToken(format, { ...facts, ...change })
const has = (program: string) => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe('every format', () => {
  it.each(COPY_FORMAT_IDS)('%s carries the token', (format) => {
    expect(render(format)).toContain(facts.accessToken)
  })
  it('takes any token and any profile name, or says that it cannot', () => {
    fc.assert(
      fc.property(fc.constantFrom(...COPY_FORMAT_IDS), anyToken, anyName, (format, accessToken, profileName) => {
        try {
          render(format, { accessToken, profileName })
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(DeskError)
          expect((thrown as DeskError).code).toBe('format_unsuitable')
        }
      }),
    )
  })
})

describe('curl', () => {
  it.skipIf(process.platform === 'win32' || !has('curl'))(
    'makes that very request, whatever the token holds, and the shell runs nothing of it',
    async () => {
      const asked: (string | undefined)[] = []
      const server = createServer((request, response) => {
        asked.push(`${request.url} ${request.headers.authorization}`)
        response.end('{}')
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const restBasePath = `http://127.0.0.1:${(server.address() as AddressInfo).port}/restapi`
      for (const accessToken of [facts.accessToken, `'$(exit)'\`exit\`"\\;&|<>*?!#~`]) {
        await promisify(execFile)('sh', ['-c', render('curl', { accessToken, restBasePath })])
        expect(asked.pop()).toBe(`/restapi/v2.1/accounts/${facts.accountId} Bearer ${accessToken}`)
      }
      server.close()
    },
  )
  it.skipIf(process.platform === 'win32')('is not given the token as an argument, which other users see', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'token-desk-curl-'))
    writeFileSync(join(folder, 'curl'), '#!/bin/sh\nprintf "%s\\n" "$@"\nexec sed s/^/input:/\n', { mode: 0o755 })
    const { stdout } = await promisify(execFile)('sh', ['-c', render('curl')], {
      env: { PATH: `${folder}${delimiter}${process.env.PATH}` },
    })
    const [input, ...args] = stdout.trim().split('\n').reverse()
    expect(input).toBe(`input:Authorization: Bearer ${facts.accessToken}`)
    expect(args.length).toBeGreaterThan(2)
    expect(args.join()).not.toContain(facts.accessToken)
  })
  it('asks for user info where no account is known', () => {
    expect(render('curl', { accountId: null })).toContain("'https://account-d.docusign.com/oauth/userinfo'")
  })
})

describe('.env', () => {
  it('reads back in Node', () => {
    expect(parseEnv(render('env'))).toEqual({
      DOCUSIGN_ACCESS_TOKEN: facts.accessToken,
      DOCUSIGN_BASE_PATH: facts.restBasePath,
      DOCUSIGN_ACCOUNT_ID: facts.accountId,
      DOCUSIGN_TOKEN_EXPIRES_AT: '2026-01-01T00:00:00.000Z',
    })
    fc.assert(
      fc.property(anyToken, (accessToken) => {
        fc.pre(!accessToken.includes("'"))
        expect(parseEnv(render('env', { accessToken })).DOCUSIGN_ACCESS_TOKEN).toBe(accessToken)
      }),
    )
  })
  it.skipIf(process.platform === 'win32')('and in a shell, which runs nothing of it', () => {
    const accessToken = '$(exit)`exit`"\\;&|<>*?!#~'
    const script = `${render('env', { accessToken })}printf %s "$DOCUSIGN_ACCESS_TOKEN"`
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(accessToken)
  })
  it('refuses what the two do not read alike', () => {
    expect(() => render('env', { accessToken: "a'b" })).toThrow(/format_unsuitable/)
  })
})

describe('for Postman', () => {
  it('is an environment with the variables of Docusign’s collections, the token as a secret', () => {
    const { name, values, _postman_variable_scope } = JSON.parse(render('postman', { profileName: '"}]' }))
    expect([name, _postman_variable_scope]).toEqual(['Docusign: "}]', 'environment'])
    const of = (key: string) => values.find((variable: { key: string }) => variable.key === key)
    expect(of('access_token')).toEqual({ key: 'access_token', value: facts.accessToken, type: 'secret', enabled: true })
    expect(of('authServer').value).toBe('https://account-d.docusign.com')
    expect(of('base_uri').value).toBe('https://na3.docusign.net')
    expect(of('access_token_expires_at').value).toBe('1767225600')
    expect(JSON.stringify(values)).not.toMatch(/private/i)
  })
})

it('JSON tells what is left, in seconds', () => {
  expect(JSON.parse(render('json'))).toMatchObject({
    access_token: facts.accessToken,
    expires_in: 3599,
    account_id: facts.accountId,
    base_path: facts.restBasePath,
  })
})

describe('snippets', () => {
  const LITERAL = /"((?:[^"\\]|\\.)*)"/g
  it('hold the token as one literal, whatever it is, in JavaScript’s eyes', () => {
    fc.assert(
      fc.property(fc.constantFrom('csharp', 'java', 'python', 'node'), anyToken, (format, accessToken) => {
        const text = render(format, { accessToken })
        const literals = [...text.matchAll(LITERAL)].map(([literal]) => JSON.parse(literal) as string)
        expect(literals).toContain(`Bearer ${accessToken}`)
      }),
    )
  })
  it.skipIf(!has('python3'))('in Python’s eyes', () => {
    const accessToken = `a"b\\n\\u0041'{}$\\x41`
    const line = render('python', { accessToken })
      .split('\n')
      .find((text) => text.includes('set_default_header'))
    const program = `class A:\n  def set_default_header(self, n, v): print(v, end="")\napi_client = A()\n${line}`
    expect(execFileSync('python3', ['-c', program], { encoding: 'utf8' })).toBe(`Bearer ${accessToken}`)
  })
  it('in the SDK’s eyes: Node’s sets base path and header', async () => {
    const { createRequire } = await import('node:module')
    const run = new Function('require', `${render('node').split('\n').slice(0, 6).join('\n')}\nreturn apiClient`)
    const client = run(createRequire(import.meta.url)) as { basePath: string; defaultHeaders: Record<string, string> }
    expect(client.basePath).toBe(facts.restBasePath)
    expect(client.defaultHeaders.Authorization).toBe(`Bearer ${facts.accessToken}`)
  })
  it('ask for the user where no account is known', () => {
    for (const format of ['csharp', 'java', 'python', 'node'] as const)
      expect(render(format, { accountId: null })).toMatch(/get_?user_?info/i)
  })
})
