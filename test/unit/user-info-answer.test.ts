import { describe, expect, it } from 'vitest'
import { readUserInfo } from '../../src/main/core/user-info-answer.js'
import { codeOf } from '../helpers/errors.js'

const HOST = 'account-d.docusign.com'
const ID = '5a1d0000-0000-4000-8000-000000000001'
const account = (change: object = {}) => ({
  account_id: ID,
  is_default: true,
  account_name: 'Acme',
  base_uri: 'https://demo.docusign.net',
  ...change,
})
const read = (body: unknown, host = HOST) => readUserInfo(JSON.stringify(body), host)
const withAccounts = (...accounts: unknown[]) => read({ sub: 'u', name: 'N', email: 'e@example.com', accounts })

describe('a good answer', () => {
  it('names the user, and each account with its REST base path', () => {
    expect(withAccounts(account())).toEqual({
      name: 'N',
      email: 'e@example.com',
      accounts: [
        {
          id: ID,
          name: 'Acme',
          isDefault: true,
          baseUri: 'https://demo.docusign.net',
          restBasePath: 'https://demo.docusign.net/restapi',
        },
      ],
      leftOut: 0,
    })
  })
  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [1, false],
    [undefined, false],
    [{}, false],
  ])('is_default %j counts as %j', (is_default, expected) => {
    expect(withAccounts(account({ is_default })).accounts[0]?.isDefault).toBe(expected)
  })
  it('without accounts is still a user', () => {
    expect(read({ sub: 'u' })).toEqual({ name: '', email: '', accounts: [], leftOut: 0 })
  })
})

describe('what is left out', () => {
  it.each([
    ['javascript:alert(1)'],
    ['http://demo.docusign.net'],
    ['http://localhost:8080'],
    ['https://user:pass@demo.docusign.net'],
    ['https://demo.docusign.net/path'],
    ['https://demo.docusign.net?x=1'],
    ['https://demo.docusign.net#x'],
    ['file:///etc/passwd'],
    ['//demo.docusign.net'],
    [''],
    [7],
    [null],
    [['https://demo.docusign.net']],
  ])('an account with the base URI %j', (base_uri) => {
    expect(withAccounts(account({ base_uri }))).toMatchObject({ accounts: [], leftOut: 1 })
  })
  it('http is for an answer that came from this computer', () => {
    const local = { sub: 'u', accounts: [account({ base_uri: 'http://localhost:8080' })] }
    expect(read(local, '127.0.0.1:9').accounts[0]?.restBasePath).toBe('http://localhost:8080/restapi')
    expect(read({ ...local, accounts: [account({ base_uri: 'http://example.com' })] }, '127.0.0.1:9').leftOut).toBe(1)
  })
  it.each([['$(rm -rf)'], ['../x'], [`${ID}\n`], ['x'.repeat(65)], [''], [12345], [null]])(
    'an account with the id %j',
    (account_id) => {
      expect(withAccounts(account({ account_id }))).toMatchObject({ accounts: [], leftOut: 1 })
    },
  )
  it.each([[null], ['text'], [[]], [7]])('an entry %j that is no account', (entry) => {
    expect(withAccounts(entry, account())).toMatchObject({ accounts: [{ id: ID }], leftOut: 1 })
  })
  it('the second of two with one id, and all beyond a thousand', () => {
    expect(withAccounts(account(), account({ account_name: 'Other' }))).toMatchObject({ leftOut: 1 })
    const many = Array.from({ length: 1500 }, (_, index) => account({ account_id: `a${index}` }))
    const { accounts, leftOut } = withAccounts(...many)
    expect([accounts.length, leftOut]).toEqual([1000, 500])
  })
})

describe('a hostile answer', () => {
  it.each([
    ['<html>', 'not_docusign'],
    ['', 'not_docusign'],
    ['null', 'user_info_unusable'],
    ['"text"', 'user_info_unusable'],
    ['[]', 'user_info_unusable'],
    ['{"error":"x"}', 'user_info_unusable'],
    ['{"sub":7}', 'user_info_unusable'],
  ])('%j is %s', async (text, code) => {
    expect(await codeOf(() => readUserInfo(text, HOST))).toBe(code)
  })
  it('cannot reach a prototype, nor borrow from one', () => {
    const text = `{"sub":"u","__proto__":{"polluted":1},"accounts":[{"__proto__":{"account_id":"${ID}","base_uri":"https://x.example"}}],"constructor":{"prototype":{"polluted":1}}}`
    expect(readUserInfo(text, HOST)).toEqual({ name: '', email: '', accounts: [], leftOut: 1 })
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
  it('brings no line break, no turned-around and no endless text into the window', () => {
    const { name, email } = read({ sub: 'u', name: 'a\u202eb\n\u0007c\u2028d', email: 'x'.repeat(100_000) })
    expect(name).toBe('a b c d')
    expect(email).toHaveLength(320)
  })
})
