import { describe, expect, it } from 'vitest'
import { chooseProfile } from '../../../src/cli/choose-profile.js'
import { childEnvironment } from '../../../src/cli/exec.js'
import { EXIT } from '../../../src/cli/exit-codes.js'
import { Failure } from '../../../src/cli/failure.js'
import { printable } from '../../../src/cli/output.js'
import { type ListedProfile, readPointer, writePointer } from '../../../src/shared/command-line.js'

const profile = (name: string, environment: ListedProfile['environment'], selected = false): ListedProfile => ({
  id: name,
  name,
  environment,
  selected,
  hasKey: true,
})

describe('the profile', () => {
  const profiles = [profile('App', 'demo'), profile('app two', 'demo'), profile('Live', 'production', true)]
  const choose = (name?: string, environment?: string, from = profiles) => chooseProfile(from, { name, environment })
  const refusal = (...args: Parameters<typeof choose>) => {
    try {
      choose(...args)
    } catch (thrown) {
      if (thrown instanceof Failure) return [thrown.exitCode, thrown.message, thrown.hint]
    }
    throw new Error('nothing was refused')
  }

  it('is the named one, letter for letter first, then whatever the case', () => {
    expect(choose('app TWO').id).toBe('app two')
    const twice = [profile('app', 'demo'), profile('App', 'custom')]
    expect(choose('App', undefined, twice).environment).toBe('custom')
    expect(refusal('APP', undefined, twice)).toEqual([
      EXIT.noProfile,
      'More than one profile is called “APP”.',
      'Give --env, too.',
    ])
    expect(choose('APP', 'demo', twice).environment).toBe('demo')
  })
  it('is never one that is only begun to be named, but that one is suggested', () => {
    expect(refusal('app t')).toEqual([EXIT.noProfile, 'There is no profile “app t”.', 'Did you mean “app two”?'])
    expect(refusal('other')[2]).toBe('tokendesk profiles lists them.')
  })
  it('of another environment than --env is refused', () => {
    expect(refusal('App', 'production').slice(0, 2)).toEqual([
      EXIT.noProfile,
      '“App” is not of that environment: it is Demo.',
    ])
  })
  it('is the chosen one by default, but never one of production', () => {
    expect(choose(undefined, undefined, [profile('a', 'demo'), profile('b', 'custom', true)]).id).toBe('b')
    expect(refusal()).toEqual([EXIT.usage, expect.stringContaining('“Live”'), 'Name it, or give --env production.'])
    expect(choose('Live').id).toBe('Live')
    expect(choose(undefined, 'production').id).toBe('Live')
  })
  it('of --env is the chosen one of that environment, else its only one', () => {
    expect(refusal(undefined, 'demo')).toEqual([
      EXIT.noProfile,
      'There is more than one profile of demo.',
      'Name one: “App”, “app two”',
    ])
    expect(refusal(undefined, 'custom')[0]).toBe(EXIT.noProfile)
    expect(choose(undefined, 'demo', [profile('a', 'demo'), profile('b', 'demo', true)]).id).toBe('b')
    expect(choose(undefined, 'demo', [profile('a', 'demo'), profile('b', 'custom', true)]).id).toBe('a')
  })
  it('that is not there at all is told', () => {
    expect(refusal(undefined, undefined, [])).toEqual([
      EXIT.noProfile,
      'There is no profile yet.',
      'Make one in Token Desk.',
    ])
  })
})

describe('what exec’s command gets', () => {
  const served = { token: 't', basePath: 'https://b', accountId: 'a' }
  it('is our environment with the token', () => {
    expect(childEnvironment({ A: '1', DOCUSIGN_ACCOUNT_ID: 'old' }, served, 'linux')).toEqual({
      A: '1',
      DOCUSIGN_ACCESS_TOKEN: 't',
      DOCUSIGN_BASE_PATH: 'https://b',
      DOCUSIGN_ACCOUNT_ID: 'a',
    })
  })
  it('has no account where none is known: neither an empty nor an older one', () => {
    const env = childEnvironment({ DOCUSIGN_ACCOUNT_ID: 'old' }, { ...served, accountId: null }, 'linux')
    expect('DOCUSIGN_ACCOUNT_ID' in env).toBe(false)
  })
  it('has no key, and on Windows none in other letters either', () => {
    const keys = {
      DOCUSIGN_PRIVATE_KEY: 'k',
      DS_RSA_KEY: 'k',
      DOCUSIGN_PRIVATE_KEY_FILE: 'k',
      DS_KEY_PASSPHRASE: 'k',
      DOCUSIGN_PRIVATE_KEY_B64: 'k',
      DOCUSIGN_PRIVATE_KEY_PASSWORD: 'k',
      DOCUSIGN_JWT_KEY: 'k',
    }
    const env = { ...keys, docusign_access_token: 'old' }
    expect(Object.keys(childEnvironment(env, served, 'win32'))).toEqual([
      'DOCUSIGN_ACCESS_TOKEN',
      'DOCUSIGN_BASE_PATH',
      'DOCUSIGN_ACCOUNT_ID',
    ])
    expect(childEnvironment(env, served, 'linux')).toHaveProperty('docusign_access_token', 'old')
  })
})

describe('the pointer to the app', () => {
  const pointer = { address: '/a', secret: 's', pid: 1 }
  it('is read as it was written', () => {
    expect(readPointer(writePointer(pointer))).toEqual(pointer)
  })
  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"schemaVersion":2,"address":"/a","secret":"s","pid":1}',
    '{"schemaVersion":1,"address":1,"secret":"s","pid":1}',
    '{"schemaVersion":1,"address":"/a","secret":"s"}',
  ])('is none in %s', (text) => {
    expect(readPointer(text)).toBeNull()
  })
})

it('a name never moves the cursor', () => {
  expect(printable('a\u001b[2Jb\u202ec\nd')).toBe('a?[2Jb?c?d')
})
