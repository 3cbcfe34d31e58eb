import { describe, expect, it } from 'vitest'
import { readImport } from '../../../src/main/core/import/read-import.js'
import { bytesOf, CONFIGURATIONS, INTEGRATION_KEY, USER_ID } from '../../helpers/configurations.js'
import { codeOf } from '../../helpers/errors.js'

const read = (name: string, text: string) => readImport(name, bytesOf(text)).candidates
const only = (name: string, text: string) => {
  const candidates = read(name, text)
  expect(candidates).toHaveLength(1)
  const [candidate] = candidates
  if (!candidate) throw new Error('no candidate')
  return candidate
}
const env = (...lines: string[]) => [`CLIENT_ID=${INTEGRATION_KEY}`, `USER_ID=${USER_ID}`, ...lines].join('\n')

describe('each format is read for what it says', () => {
  it.each(Object.entries(CONFIGURATIONS))('%s', (name, text) => {
    const { fields, environment, keyText } = only(name, text)
    expect(fields).toMatchObject({
      integrationKey: INTEGRATION_KEY,
      userId: USER_ID,
      grant: 'user',
      scopes: ['signature', 'impersonation'],
    })
    expect(environment).toBe('demo')
    expect(keyText).toBeNull()
  })
  it.each(Object.entries(CONFIGURATIONS).filter(([name]) => !name.includes('postman')))(
    '%s names its key file, of which only the last part is kept',
    (name, text) => {
      expect(only(name, text).keyFileName).toBe('private.key')
    },
  )
  it('a Postman environment brings its name and redirect URI, and none of its tokens', () => {
    const name = 'Docusign.postman_environment.json'
    const candidate = only(name, CONFIGURATIONS[name])
    expect(candidate.fields).toMatchObject({ name: 'Docusign demo', redirectUri: 'https://example.com/callback' })
    expect(JSON.stringify(candidate)).not.toContain('not-for-import')
  })
  it('two environments in one file are two profiles, named by their sections', () => {
    const text = JSON.stringify({
      scopes: 'signature cors',
      demo: { clientId: INTEGRATION_KEY, userId: USER_ID, basePath: 'https://demo.docusign.net/restapi' },
      live: { clientId: INTEGRATION_KEY, userId: USER_ID, authServer: 'account.docusign.com' },
    })
    const found = read('config.json', text).map(({ fields: { name, scopes }, environment }) => ({
      name,
      scopes,
      environment,
    }))
    const scopes = ['signature', 'cors', 'impersonation']
    expect(found).toEqual([
      { name: 'demo', scopes, environment: 'demo' },
      { name: 'live', scopes, environment: 'production' },
    ])
  })
  it('the starters’ example files, not filled in yet, hold no profile', async () => {
    const example = JSON.stringify({ dsJWTClientId: '{INTEGRATION_KEY_JWT}', impersonatedUserGuid: '{USER_ID}' })
    expect(await codeOf(() => read('appsettings.json', example))).toBe('import_unknown')
  })
  it('a placeholder for the user leaves the user to be entered', () => {
    expect(only('.env', `INTEGRATION_KEY={${INTEGRATION_KEY}}\nUSER_ID={USER_ID}`).fields).toMatchObject({
      integrationKey: INTEGRATION_KEY,
      userId: '',
    })
  })
})

describe('the environment is taken from Docusign’s own hosts, and never guessed', () => {
  it.each<[string, string[], string | null]>([
    ['demo’s OAuth host', ['AUTH_SERVER=account-d.docusign.com'], 'demo'],
    ['production’s OAuth host', ['OAUTH_HOST=https://account.docusign.com/'], 'production'],
    ['production’s base path', ['BASE_PATH=https://www.docusign.net/restapi'], 'production'],
    [
      'production’s OAuth host with a regional base path',
      ['AUD=account.docusign.com', 'BASE_PATH=https://na2.docusign.net/restapi'],
      'production',
    ],
    ['a regional base path alone', ['BASE_PATH=https://eu.docusign.net/restapi'], null],
    ['nothing', [], null],
    ['demo and production', ['AUTH_SERVER=account-d.docusign.com', 'BASE_PATH=https://www.docusign.net/restapi'], null],
    ['a host that only looks like demo', ['AUTH_SERVER=account-d.docusign.com.example.net'], null],
    ['demo in the path or the user of another host', ['AUTH_SERVER=https://account-d.docusign.com@example.net/'], null],
    [
      'another OAuth host with demo’s base path',
      ['AUTH_SERVER=auth.example.net', 'BASE_PATH=https://demo.docusign.net/restapi'],
      null,
    ],
    ['a word', ['ENVIRONMENT=production'], null],
  ])('%s', (_name, lines, expected) => {
    expect(only('.env', env(...lines)).environment).toBe(expected)
  })
  it('that of two is for the user to say, with the reason', () => {
    const { notes } = only('.env', env('AUTH_SERVER=account-d.docusign.com', 'AUD=account.docusign.com'))
    expect(notes).toEqual(['The file names both demo and production.'])
  })
  it('two different integration keys are not chosen from', () => {
    const text = env(`INTEGRATOR_KEY=${USER_ID}`)
    const { fields, notes } = only('.env', text)
    expect(fields.integrationKey).toBe('')
    expect(notes).toEqual(['The file names more than one integration key: enter the right one.'])
  })
})

describe('a .env as people write it', () => {
  it.each<[string, string]>([
    ['spaces around the sign', `INTEGRATION_KEY   =   ${INTEGRATION_KEY}   `],
    ['double quotes', `INTEGRATION_KEY="${INTEGRATION_KEY}"`],
    ['single quotes and a comment', `INTEGRATION_KEY = '${INTEGRATION_KEY}' # mine`],
    ['export', `export INTEGRATION_KEY=${INTEGRATION_KEY}`],
    ['CRLF and a byte order mark', `\ufeffA=1\r\nINTEGRATION_KEY=${INTEGRATION_KEY}\r\n`],
    ['upper case', `INTEGRATION_KEY=${INTEGRATION_KEY.toUpperCase()}`],
    ['Docusign’s prefix', `DOCUSIGN_INTEGRATION_KEY=${INTEGRATION_KEY}`],
    ['the last of two', `INTEGRATION_KEY=x\nINTEGRATION_KEY=${INTEGRATION_KEY}`],
  ])('%s', (_name, text) => {
    expect(only('.env', text).fields.integrationKey).toBe(INTEGRATION_KEY)
  })
  it('a key over several lines, quoted or not, is the key’s text', () => {
    const lines = '-----BEGIN RSA PRIVATE KEY-----\nAAAA\nBBBB==\n-----END RSA PRIVATE KEY-----'
    expect(only('.env', `${env()}\nPRIVATE_KEY="${lines}"\nA=1`).keyText).toBe(lines)
    expect(only('.env', `PRIVATE_KEY=${lines}\n${env()}`).keyText).toBe(lines)
  })
  it.each(['../../secret.key', '..\\..\\secret.key', '/etc/secret.key', 'C:\\keys\\secret.key', 'secret.key'])(
    'of the key file’s path %s only the name is kept',
    (path) => {
      expect(only('.env', env(`PRIVATE_KEY_FILE=${path}`)).keyFileName).toBe('secret.key')
      expect(only('.env', env(`PRIVATE_KEY=${path}`)).keyFileName).toBe('secret.key')
    },
  )
  it.each(['..', '.', 'keys/', '/', 'a/..'])('and of %s nothing', (path) => {
    expect(only('.env', env(`PRIVATE_KEY_FILE=${path}`)).keyFileName).toBeNull()
  })
})
