import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TEAM_FORMAT } from '../../src/main/core/import/team-file.js'
import type { Simulator } from '../../src/main/simulator/server.js'
import type { EnvironmentId } from '../../src/shared/environments.js'
import { runCli } from '../helpers/cli.js'
import { freePort } from '../helpers/free-port.js'
import { anyKey, makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { profileInput } from '../helpers/profile-input.js'
import { simulated } from '../helpers/simulated.js'

const TOKEN_LINE = /^[\w-]+\.[\w-]+\.[\w-]+\n$/
const PASSPHRASE = 'correct horse battery'
const encryptedPem = () =>
  anyKey().privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSPHRASE }).toString()

describe('without the app', () => {
  let simulator: Simulator
  /** Empty: whatever is written by default would appear in it. */
  const home = mkdtempSync(join(tmpdir(), 'token-desk-headless-'))
  const files = mkdtempSync(join(tmpdir(), 'token-desk-files-'))
  const pem = pkcs1Pem(anyKey().privateKey)
  let variables: Record<string, string>

  const cleared = Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => /^(DOCUSIGN|DS)_/.test(name))
      .map((name) => [name, undefined]),
  )
  const run = (args: string[], env: Record<string, string | undefined> = {}) =>
    runCli(args, {
      cwd: home,
      env: {
        ...cleared,
        HOME: home,
        USERPROFILE: home,
        APPDATA: home,
        TMPDIR: home,
        TEMP: home,
        TMP: home,
        XDG_CONFIG_HOME: home,
        XDG_CACHE_HOME: home,
        XDG_STATE_HOME: home,
        XDG_RUNTIME_DIR: home,
        TOKENDESK_USER_DATA: home,
        ...env,
      },
    })
  const fromEnv = (change: Record<string, string | undefined> = {}, ...args: string[]) =>
    run(['token', '--from-env', ...args], { ...variables, ...change })
  const file = (name: string, text: string) => {
    writeFileSync(join(files, name), text)
    return join(files, name)
  }
  const settings = (more: Record<string, string> = {}) =>
    Object.entries({
      DS_CLIENT_ID: variables.DOCUSIGN_INTEGRATION_KEY,
      DS_IMPERSONATED_USER_ID: variables.DOCUSIGN_USER_ID,
      DS_AUTH_SERVER: `http://${simulator.host}`,
      DS_BASE_PATH: `http://${simulator.host}/restapi`,
      ...more,
    })
      .map(([name, value]) => `${name}=${value}\n`)
      .join('')

  beforeAll(async () => {
    const { simulator: started, request } = await simulated()
    simulator = started
    variables = {
      DOCUSIGN_ENVIRONMENT: 'custom',
      DOCUSIGN_INTEGRATION_KEY: request.integrationKey,
      DOCUSIGN_USER_ID: request.userId ?? '',
      DOCUSIGN_OAUTH_HOST: simulator.host,
      DOCUSIGN_BASE_PATH: `http://${simulator.host}/restapi`,
      DOCUSIGN_PRIVATE_KEY: pem,
    }
  })
  afterAll(() => simulator.close())

  it('a token comes from variables, alone on standard output, and nothing is written', async () => {
    const { ino, mtimeMs } = statSync(home)
    const { code, stdout, stderr } = await fromEnv()
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(TOKEN_LINE)
    expect((await fromEnv({}, '--env-file')).stdout).toMatch(/^DOCUSIGN_ACCESS_TOKEN=\S+\nDOCUSIGN_BASE_PATH=http/)
    expect(readdirSync(home)).toEqual([])
    expect([statSync(home).ino, statSync(home).mtimeMs]).toEqual([ino, mtimeMs])
  })
  it('the key may come on one line, as base64, from a file, or encrypted with its passphrase', async () => {
    const encrypted = encryptedPem()
    const path = file('a key.pem', pem)
    const ways: Record<string, string | undefined>[] = [
      { DOCUSIGN_PRIVATE_KEY: pem.replaceAll('\n', '\\n') },
      { DOCUSIGN_PRIVATE_KEY: Buffer.from(pem).toString('base64') },
      { DOCUSIGN_PRIVATE_KEY: undefined, DOCUSIGN_PRIVATE_KEY_FILE: path },
      { DOCUSIGN_PRIVATE_KEY: encrypted, DOCUSIGN_PRIVATE_KEY_PASSPHRASE: PASSPHRASE },
    ]
    for (const way of ways) expect(await fromEnv(way)).toMatchObject({ code: 0, stderr: '' })
  })
  it('a configuration will do, with its key in it, beside it, given with it, or in a variable', async () => {
    file('beside.pem', pem)
    const inside = file('inside.env', settings({ DS_PRIVATE_KEY: `"${pem.trim()}"` }))
    const named = file('named.env', settings({ DS_PRIVATE_KEY_FILE: './secrets/beside.pem' }))
    const bare = file('bare.env', settings())
    const custom = { DOCUSIGN_ENVIRONMENT: 'custom' }
    expect((await run(['token', '--from-file', inside], custom)).stdout).toMatch(TOKEN_LINE)
    expect((await run(['token', '--from-file', named, '--env', 'custom'])).stdout).toMatch(TOKEN_LINE)
    expect(
      (await run(['token', '--from-file', bare, '--from-file', join(files, 'beside.pem')], custom)).stdout,
    ).toMatch(TOKEN_LINE)
    const withVariable = await run(['token', '--from-file', bare], { ...custom, DOCUSIGN_PRIVATE_KEY: pem })
    expect(withVariable).toMatchObject({ code: 0, stderr: '' })
  })
  it('of several profiles in a file one is named', async () => {
    const entry = (userId: string) => ({
      clientId: variables.DOCUSIGN_INTEGRATION_KEY,
      userId,
      authServer: simulator.host,
      basePath: variables.DOCUSIGN_BASE_PATH,
    })
    const path = file(
      'two.json',
      JSON.stringify({ one: entry(variables.DOCUSIGN_USER_ID ?? ''), two: entry(randomUUID()) }),
    )
    const env = { DOCUSIGN_ENVIRONMENT: 'custom', DOCUSIGN_PRIVATE_KEY: pem }
    expect(await run(['token', '--from-file', path, 'ONE'], env)).toMatchObject({ code: 0, stderr: '' })
    expect(await run(['token', '--from-file', path, 'two'], env)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('(user_not_found)'),
    })
    for (const args of [[], ['three']]) {
      const { code, stderr } = await run(['token', '--from-file', path, ...args], env)
      expect([code, stderr]).toEqual([4, expect.stringContaining('“one”, “two”')])
    }
  })
  it('a configuration of one environment gets no token of another', async () => {
    const ids = {
      integrationKey: variables.DOCUSIGN_INTEGRATION_KEY ?? '',
      userId: variables.DOCUSIGN_USER_ID ?? '',
    }
    const export_ = (environment: EnvironmentId) =>
      JSON.stringify({
        format: TEAM_FORMAT,
        version: 1,
        profiles: [profileInput({ environment, ...ids, oauthHost: '', restBasePath: '' })],
      })
    const bare = (host: string) =>
      `DS_CLIENT_ID=${variables.DOCUSIGN_INTEGRATION_KEY}\nDS_IMPERSONATED_USER_ID=${variables.DOCUSIGN_USER_ID}\nDS_BASE_PATH=${host}\n`
    const asked: [string, string][] = [
      [file('demo.json', export_('demo')), 'production'],
      [file('live.json', export_('production')), 'demo'],
      [file('demo.env', bare('demo.docusign.net')), 'production'],
      [file('live.env', bare('https://www.docusign.net/restapi')), 'demo'],
    ]
    for (const [path, environment] of asked) {
      for (const args of [['--env', environment], []]) {
        const env = { DOCUSIGN_PRIVATE_KEY: pem, ...(args.length === 0 ? { DOCUSIGN_ENVIRONMENT: environment } : {}) }
        const { code, stdout, stderr } = await run(['token', '--from-file', path, ...args], env)
        expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('Contradiction')])
      }
    }
  })
  it('exec’s command gets the token and the account, and neither key nor passphrase', async () => {
    const show = ['exec', '--from-env', '--', process.execPath, '-p', 'JSON.stringify(process.env)']
    const { code, stdout } = await run(show, { ...variables, DOCUSIGN_PRIVATE_KEY_PASSPHRASE: PASSPHRASE })
    expect(code).toBe(0)
    const env = JSON.parse(stdout) as Record<string, string>
    expect(env.DOCUSIGN_ACCESS_TOKEN).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(env.DOCUSIGN_BASE_PATH).toBe(`http://${simulator.host}/restapi`)
    expect(env.DOCUSIGN_ACCOUNT_ID).toMatch(/^[0-9a-f-]{36}$/)
    expect(Object.keys(env).filter((name) => /KEY(_|$)|PASSPHRASE/.test(name))).toEqual(['DOCUSIGN_INTEGRATION_KEY'])
    expect(stdout).not.toContain(pem.split('\n')[1])
  })
  it('the account may be chosen, but only one of the user’s', async () => {
    simulator.setScenario('several-accounts')
    const json = async (change = {}) => JSON.parse((await fromEnv(change, '--json')).stdout) as { account_id: string }
    const byDefault = (await json()).account_id
    const answer = await fetch(`http://${simulator.host}/oauth/userinfo`, {
      headers: { Authorization: `Bearer ${(await fromEnv()).stdout.trim()}` },
    })
    const { accounts } = (await answer.json()) as { accounts: { account_id: string }[] }
    const other = accounts.map(({ account_id }) => account_id).find((id) => id !== byDefault) ?? ''
    expect((await json({ DOCUSIGN_ACCOUNT_ID: other })).account_id).toBe(other)
    const wrong = await fromEnv({ DOCUSIGN_ACCOUNT_ID: randomUUID() }, '--json')
    simulator.setScenario('normal')
    expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([1, '', expect.stringContaining('(account_unknown)')])
  })
  it('an account that cannot be had is told, and the token comes all the same', async () => {
    simulator.setScenario('token-refused')
    const { code, stdout, stderr } = await fromEnv({}, '--json')
    simulator.setScenario('normal')
    expect([code, JSON.parse(stdout).account_id]).toEqual([0, null])
    expect(stderr).toMatch(/the account is not known/)
  })

  const other = () => pkcs1Pem(makeRsa().privateKey)
  it.each<[string, number, RegExp, () => Record<string, string | undefined>]>([
    ['no environment', 2, /environment is not said/, () => ({ DOCUSIGN_ENVIRONMENT: undefined })],
    [
      'a base path of production alone',
      2,
      /environment is not said/,
      () => ({
        DOCUSIGN_ENVIRONMENT: undefined,
        DOCUSIGN_OAUTH_HOST: undefined,
        DOCUSIGN_BASE_PATH: 'https://www.docusign.net/restapi',
      }),
    ],
    ['an unknown environment', 2, /none of demo, production and custom/, () => ({ DOCUSIGN_ENVIRONMENT: 'prod' })],
    ['the app’s simulator', 2, /tokendesk simulator/, () => ({ DOCUSIGN_ENVIRONMENT: 'simulator' })],
    ['demo with another host', 2, /Contradiction/, () => ({ DOCUSIGN_ENVIRONMENT: 'demo' })],
    [
      'demo with production’s base path',
      2,
      /Contradiction/,
      () => ({
        DOCUSIGN_ENVIRONMENT: 'demo',
        DOCUSIGN_OAUTH_HOST: undefined,
        DOCUSIGN_BASE_PATH: 'https://www.docusign.net/restapi',
      }),
    ],
    ['custom with production’s host', 2, /Contradiction/, () => ({ DOCUSIGN_OAUTH_HOST: 'account.docusign.com' })],
    ['custom without a host', 2, /^tokendesk: DOCUSIGN_OAUTH_HOST /, () => ({ DOCUSIGN_OAUTH_HOST: undefined })],
    ['custom without a base path', 2, /^tokendesk: DOCUSIGN_BASE_PATH /, () => ({ DOCUSIGN_BASE_PATH: undefined })],
    [
      'custom with production’s host in another spelling',
      2,
      /Contradiction: DOCUSIGN_ENVIRONMENT and the environment or hosts/,
      () => ({ DOCUSIGN_OAUTH_HOST: 'account.docusign.com:0443' }),
    ],
    [
      'custom with production’s base path',
      2,
      /DOCUSIGN_BASE_PATH .*Docusign’s own Production base path/,
      () => ({ DOCUSIGN_BASE_PATH: 'https://www.docusign.net/restapi' }),
    ],
    [
      'production with a host of demo besides',
      2,
      /Contradiction/,
      () => ({
        DOCUSIGN_ENVIRONMENT: 'production',
        DOCUSIGN_OAUTH_HOST: 'account.docusign.com',
        DOCUSIGN_BASE_PATH: undefined,
        DS_AUTH_SERVER: 'https://account-d.docusign.com',
      }),
    ],
    ['no integration key', 2, /DOCUSIGN_INTEGRATION_KEY is not set/, () => ({ DOCUSIGN_INTEGRATION_KEY: undefined })],
    ['no user', 2, /^tokendesk: DOCUSIGN_USER_ID /, () => ({ DOCUSIGN_USER_ID: '' })],
    ['a user who is an email', 2, /DOCUSIGN_USER_ID .*email/, () => ({ DOCUSIGN_USER_ID: 'a@b.example' })],
    ['no key', 1, /\(key_missing\)\n {2}Set DOCUSIGN_PRIVATE_KEY/, () => ({ DOCUSIGN_PRIVATE_KEY: undefined })],
    [
      'a path as the key',
      1,
      /\(key_is_path\)\n.*DOCUSIGN_PRIVATE_KEY_FILE/,
      () => ({ DOCUSIGN_PRIVATE_KEY: '/run/key.pem' }),
    ],
    ['a key that was cut off', 1, /\(key_truncated\)/, () => ({ DOCUSIGN_PRIVATE_KEY: pem.slice(0, 900) })],
    [
      'a key file that is not there',
      2,
      /cannot be read \(ENOENT\)/,
      () => ({
        DOCUSIGN_PRIVATE_KEY: undefined,
        DOCUSIGN_PRIVATE_KEY_FILE: join(files, 'none'),
      }),
    ],
    [
      'two keys',
      2,
      /Both DOCUSIGN_PRIVATE_KEY and DOCUSIGN_PRIVATE_KEY_FILE/,
      () => ({ DOCUSIGN_PRIVATE_KEY_FILE: '/x' }),
    ],
    ['another key than Docusign’s', 1, /\(signature_rejected\)/, () => ({ DOCUSIGN_PRIVATE_KEY: other() })],
    ['a user whom nobody knows', 1, /\(user_not_found\)/, () => ({ DOCUSIGN_USER_ID: randomUUID() })],
  ])('%s is told in words, and no token comes', async (_what, expected, words, change) => {
    const changed = change()
    const { code, stdout, stderr } = await fromEnv(changed)
    expect([code, stdout]).toEqual([expected, ''])
    expect(stderr).toMatch(words)
    for (const line of [pem, changed.DOCUSIGN_PRIVATE_KEY ?? ''].flatMap((text) => text.split('\n'))) {
      if (line.length > 40) expect(stderr).not.toContain(line)
    }
  })
  describe('a key in the wrong place', () => {
    /** No piece of it, in none of its shapes. */
    function expectNothingOf(key: string, said: string) {
      const bodies = [key.replace(/-----[^-]*-----|\s|\\n/g, ''), key.replace(/\s/g, '')]
      const pieces = bodies.flatMap((body) => body.match(/[\w+/=]{16}/g) ?? [])
      expect(pieces.length).toBeGreaterThan(50)
      for (const piece of pieces) expect(said).not.toContain(piece)
    }
    const shapes: [string, () => string][] = [
      ['a PEM', () => pem],
      ['a PEM on one line', () => pem.trim().replaceAll('\n', '\\n')],
      ['a PEM that was cut off', () => pem.slice(0, 900)],
      ['base64 of a PEM', () => Buffer.from(pem).toString('base64')],
      ['base64 of its DER', () => pem.replace(/-----[^-]*-----|\s/g, '')],
      ['an encrypted PEM', () => encryptedPem()],
    ]
    it.each(shapes)(
      '%s is not repeated: in a file’s variable, as a file, as a name, as an argument',
      async (_, shape) => {
        const key = shape()
        const inVariable = await fromEnv({ DOCUSIGN_PRIVATE_KEY: undefined, DOCUSIGN_PRIVATE_KEY_FILE: key })
        expect([inVariable.code, inVariable.stdout]).toEqual([2, ''])
        expect(inVariable.stderr).toMatch(/^tokendesk: DOCUSIGN_PRIVATE_KEY_FILE/)
        if (!key.startsWith('-----')) expect(inVariable.stderr.length).toBeLessThan(200)
        const custom = { DOCUSIGN_ENVIRONMENT: 'custom' }
        const ended = await Promise.all([
          fromEnv({ DOCUSIGN_PRIVATE_KEY: undefined, DS_PRIVATE_KEY_PATH: key }),
          run(['token', `--from-file=${key}`], custom),
          run(['token', '--from-file', file('bare.env', settings()), `x${key}`], {
            ...custom,
            DOCUSIGN_PRIVATE_KEY: pem,
          }),
          run(['token', 'one', key]),
          run([key]),
          run(['exec', '--from-env', '--', key], variables),
          run(['simulator', key]),
          run(['simulator', `--x${key}`]),
          run(['simulator', '--port', '0', '--integration-key', `x${key}`]),
          run(['simulator', '--port', '0', '--public-key', `x${key}`]),
        ])
        // Whether anything stands in the way is not asked here.
        const doctor = await run(['doctor', '--data-folder', `x${key}`])
        expectNothingOf(key, `${doctor.stdout}${doctor.stderr}`)
        for (const { code, stdout, stderr } of [inVariable, ...ended]) {
          expect([code === 0, stdout]).toEqual([false, ''])
          expectNothingOf(key, stderr)
        }
      },
    )
    it('is told what the variable is for', async () => {
      const { stderr } = await fromEnv({ DOCUSIGN_PRIVATE_KEY: undefined, DOCUSIGN_PRIVATE_KEY_FILE: pem })
      expect(stderr).toBe(
        'tokendesk: DOCUSIGN_PRIVATE_KEY_FILE holds a private key, not the path of its file.\n  Set DOCUSIGN_PRIVATE_KEY to the key instead.\n',
      )
    })
  })
  it('an encrypted key asks for its passphrase, and says when it is wrong', async () => {
    const encrypted = encryptedPem()
    const without = await fromEnv({ DOCUSIGN_PRIVATE_KEY: encrypted })
    expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('DOCUSIGN_PRIVATE_KEY_PASSPHRASE')])
    const wrong = await fromEnv({ DOCUSIGN_PRIVATE_KEY: encrypted, DOCUSIGN_PRIVATE_KEY_PASSPHRASE: 'canary-words' })
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('(key_passphrase_wrong)')])
    expect(wrong.stderr).not.toContain('canary')
  })
  it('nothing answering is told', async () => {
    const port = await freePort()
    const { code, stderr } = await fromEnv({ DOCUSIGN_OAUTH_HOST: `127.0.0.1:${port}` })
    expect([code, stderr]).toEqual([1, expect.stringContaining('(connection_refused)')])
  })
  it('a configuration never reaches for a key elsewhere', async () => {
    mkdirSync(join(files, 'elsewhere'))
    writeFileSync(join(files, 'elsewhere', 'key.pem'), pem)
    const path = file('reaching.env', settings({ DS_PRIVATE_KEY_FILE: 'elsewhere/key.pem' }))
    const { code, stderr } = await run(['token', '--from-file', path], { DOCUSIGN_ENVIRONMENT: 'custom' })
    expect([code, stderr]).toEqual([1, expect.stringContaining('(key_missing)')])
  })
  it('a file that is neither a configuration nor a key is told by its name', async () => {
    for (const path of [file('prose.txt', 'Nothing of interest.'), files, join(files, 'none')]) {
      const { code, stdout, stderr } = await run(['token', '--from-file', path], { DOCUSIGN_ENVIRONMENT: 'custom' })
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(path)])
    }
    const { code, stderr } = await run(['token', '--from-file', file('only.pem', pem)])
    expect([code, stderr]).toEqual([4, expect.stringContaining('keys alone')])
  })
  it('what only the app understands is refused', async () => {
    for (const args of [['--no-start'], ['--data-folder', home], ['some profile']]) {
      expect(await fromEnv({}, ...args)).toMatchObject({ code: 2, stdout: '' })
    }
    expect(await fromEnv({}, '--env', 'demo')).toMatchObject({ code: 2, stderr: expect.stringContaining('--env') })
  })
})
