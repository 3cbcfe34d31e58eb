import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDesk, type Desk } from '../../src/main/desk/desk.js'
import { createExportDesk } from '../../src/main/desk/export-desk.js'
import { createImportDesk, type ImportDesk } from '../../src/main/desk/import-desk.js'
import type { ImportPreview } from '../../src/shared/import-views.js'
import { bytesOf, CONFIGURATIONS, INTEGRATION_KEY, USER_ID } from '../helpers/configurations.js'
import { deskParts } from '../helpers/desk-parts.js'
import { codeOf, failureOf } from '../helpers/errors.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { makeRsa, parsed, pkcs1Pem } from '../helpers/keys.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { profileInput } from '../helpers/profile-input.js'

const { privateKey } = makeRsa()
const pem = pkcs1Pem(privateKey)
const { fingerprint } = parsed(privateKey)
const PASSPHRASE = 'correct horse battery'

let profileStore: MemoryStore
let vaultStore: MemoryStore
let desk: Desk
let imports: ImportDesk
let written: string

function makeDesk(): Desk {
  profileStore = new MemoryStore()
  vaultStore = new MemoryStore()
  return createDesk(deskParts({ profileStore, vaultStore, clock: new FakeClock() }))
}
beforeEach(async () => {
  desk = makeDesk()
  await desk.simulator.start()
  imports = createImportDesk(desk)
  written = ''
})
afterEach(() => desk.simulator.stop())

const dropped = (files: Record<string, string>) =>
  imports.stage({
    files: Object.entries(files).map(([name, text]) => ({ name, bytes: bytesOf(text) })),
    beside: async () => null,
  })
const exported = (ids: string[], passphrase: string | null) =>
  createExportDesk({
    desk,
    saveFile: async (_name, text) => {
      written = text
      return '/somewhere/token-desk-profiles.json'
    },
  }).write(ids, passphrase)
const choice = (preview: ImportPreview, index: number, change = {}) => {
  const candidate = preview.candidates[index]
  if (!candidate) throw new Error('no candidate')
  const { name, environment, integrationKey, userId } = candidate
  return { index, name, environment: environment ?? 'simulator', integrationKey, userId, ...change }
}
const names = () => desk.profiles.list().map(({ name }) => name)

describe('a configuration with its key', () => {
  it('becomes a profile that gets a token', async () => {
    const preview = await dropped({ '.env': CONFIGURATIONS['.env'], 'private.key': pem })
    expect(preview.candidates[0]).toMatchObject({ environment: 'demo', key: { fingerprint, bits: 2048 } })
    expect(JSON.stringify(preview)).not.toContain(pem.slice(40, 90))
    // Nothing is saved by looking.
    expect(names()).toEqual(['Simulator'])
    const { profileIds, withKey } = await imports.apply(preview.stagedImportId, [
      choice(preview, 0, { name: 'Imported', environment: 'simulator' }),
    ])
    expect(withKey).toBe(1)
    expect(names()).toEqual(['Simulator', 'Imported'])
    expect((await desk.tokens.get(profileIds[0] ?? '')).accessToken).toBeTruthy()
    expect(await codeOf(() => imports.apply(preview.stagedImportId, [choice(preview, 0)]))).toBe('import_not_staged')
  })
  it('written into it works as well', async () => {
    const text = `${CONFIGURATIONS['.env']}\nPRIVATE_KEY="${pem.replaceAll('\n', '\\n')}"`
    expect((await dropped({ '.env': text })).candidates[0]?.key?.fingerprint).toBe(fingerprint)
  })
  it('that is missing, encrypted or none is said, and the profile comes without', async () => {
    const encrypted = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    for (const [files, note] of [
      [{}, /is not here/],
      [{ 'private.key': encrypted.toString() }, /is encrypted/],
      [{ 'private.key': pem.slice(0, 400) }, /cannot be used/],
    ] as const) {
      const { candidates } = await dropped({ 'jwtConfig.json': CONFIGURATIONS['jwtConfig.json'], ...files })
      expect(candidates[0]?.key).toBeNull()
      expect(candidates[0]?.notes.join()).toMatch(note)
    }
  })
})

describe('the files of the dialog', () => {
  it('have their key looked up beside them, and nowhere else', async () => {
    const { readConfigurationFiles } = await import('../../src/main/platform/configuration-files.js')
    const folder = mkdtempSync(join(tmpdir(), 'token-desk-import-'))
    mkdirSync(join(folder, 'app'))
    writeFileSync(join(folder, 'outside.key'), pem)
    writeFileSync(join(folder, 'app', 'private.key'), pem)
    symlinkSync(join(folder, 'outside.key'), join(folder, 'app', 'linked.key'))
    const keyOf = async (location: string) => {
      const path = join(folder, 'app', 'jwtConfig.json')
      writeFileSync(path, JSON.stringify({ clientId: INTEGRATION_KEY, userId: USER_ID, privateKeyLocation: location }))
      return (await imports.stage(await readConfigurationFiles([path]))).candidates[0]?.key?.fingerprint
    }
    expect(await keyOf('config/private.key')).toBe(fingerprint)
    expect(await keyOf('../outside.key')).toBeUndefined()
    expect(await keyOf(join(folder, 'outside.key'))).toBeUndefined()
    expect(await keyOf('linked.key')).toBeUndefined()
    const direct = await readConfigurationFiles([join(folder, 'app', 'private.key')])
    expect(await direct.beside(0, '../outside.key')).toBeNull()
  })
  it('that cannot be read or are too large are refused', async () => {
    const { readConfigurationFiles } = await import('../../src/main/platform/configuration-files.js')
    const folder = mkdtempSync(join(tmpdir(), 'token-desk-import-'))
    writeFileSync(join(folder, 'large.env'), Buffer.alloc(10_000_000, 65))
    expect(await codeOf(() => readConfigurationFiles([join(folder, 'large.env')]))).toBe('import_too_large')
    expect(await codeOf(() => readConfigurationFiles([folder]))).toBe('import_unreadable')
    expect(await codeOf(() => readConfigurationFiles([join(folder, 'gone')]))).toBe('import_unreadable')
  })
})

describe('all or nothing', () => {
  const two = JSON.stringify({
    one: { clientId: INTEGRATION_KEY, userId: USER_ID },
    two: { clientId: INTEGRATION_KEY, userId: USER_ID },
  })
  it('a name that is taken, or asked for twice, refuses all with the place of each', async () => {
    await desk.saveProfile(profileInput({ name: 'Taken' }))
    const preview = await dropped({ 'a.json': two })
    const refused = (...changes: object[]) =>
      failureOf(() =>
        imports.apply(
          preview.stagedImportId,
          changes.map((change, index) => choice(preview, index, change)),
        ),
      )
    expect(await refused({ name: 'taken' }, { name: 'Fine' })).toMatchObject({
      code: 'profile_invalid',
      fields: { '0.name': 'Another profile has this name.' },
    })
    expect((await refused({ name: 'Same' }, { name: ' SAME ' })).fields).toHaveProperty('1.name')
    expect((await refused({ userId: 'nobody' }, {})).fields).toHaveProperty('0.userId')
    expect(names()).toEqual(['Simulator', 'Taken'])
    // It is still there for another try.
    await imports.apply(preview.stagedImportId, [choice(preview, 0), choice(preview, 1)])
    expect(names()).toEqual(['Simulator', 'Taken', 'one', 'two'])
  })
  it('a full disk saves nothing and leaves no key behind', async () => {
    const preview = await dropped({ '.env': CONFIGURATIONS['.env'], 'private.key': pem })
    profileStore.full = true
    expect(await codeOf(() => imports.apply(preview.stagedImportId, [choice(preview, 0)]))).toBe('save_failed')
    expect(names()).toEqual(['Simulator'])
    expect(vaultStore.document.keys ?? {}).toEqual({})
    profileStore.full = false
    await imports.apply(preview.stagedImportId, [choice(preview, 0)])
    expect(names()).toHaveLength(2)
  })
  it('production’s host under the custom environment is not offered', async () => {
    const preview = await dropped({
      '.env': `CLIENT_ID=${INTEGRATION_KEY}\nAUD=account.docusign.com\nBASE_PATH=https://www.docusign.net/restapi`,
    })
    expect(preview.candidates[0]).toMatchObject({
      environment: 'production',
      environments: ['demo', 'production', 'simulator'],
    })
    const asCustom = choice(preview, 0, { environment: 'custom' })
    expect(await codeOf(() => imports.apply(preview.stagedImportId, [asCustom]))).toBe('bad_request')
  })
  it('a thousand profiles are one write', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`p${index}`, { clientId: INTEGRATION_KEY, userId: USER_ID }]),
    )
    const preview = await dropped({ 'many.json': JSON.stringify(many) })
    const writes = profileStore.writes
    await imports.apply(
      preview.stagedImportId,
      preview.candidates.map((_, index) => choice(preview, index)),
    )
    expect(profileStore.writes).toBe(writes + 1)
    expect(names()).toHaveLength(1001)
  })
})

describe('profiles for a team', () => {
  const save = async () => {
    const { stagedKeyId } = desk.keyDesk.stage(pem)
    const sealed = await desk.saveProfile(profileInput({ name: 'With key', environment: 'production', stagedKeyId }))
    const custom = await desk.saveProfile(
      profileInput({
        name: 'Custom',
        environment: 'custom',
        oauthHost: 'auth.example.net',
        restBasePath: 'https://example.net/restapi',
      }),
    )
    return [sealed.id, custom.id]
  }
  const elsewhere = async () => {
    await desk.simulator.stop()
    desk = makeDesk()
    imports = createImportDesk(desk)
    await desk.simulator.start()
  }
  const withoutIds = () =>
    desk.profiles
      .list()
      .slice(1)
      .map(({ id: _id, keyId: _keyId, keyIds: _keyIds, ...fields }) => fields)

  it('go round without keys, and hold nothing secret', async () => {
    expect(await exported(await save(), null)).toMatchObject({ profiles: 2, keys: 0 })
    const before = withoutIds()
    expect(written).not.toMatch(/"key"|PRIVATE|sealing|keyId|fingerprint/)
    await elsewhere()
    const preview = await dropped({ 'team.json': written })
    await imports.apply(
      preview.stagedImportId,
      preview.candidates.map((_, index) => choice(preview, index)),
    )
    expect(withoutIds()).toEqual(before)
  })
  it('go round with keys, which the passphrase alone opens', async () => {
    expect(await exported(await save(), PASSPHRASE)).toMatchObject({ profiles: 2, keys: 1 })
    expect(written).not.toContain(pem.slice(40, 90))
    await elsewhere()
    const locked = await dropped({ 'team.json': written })
    expect(locked.candidates).toMatchObject([{ key: null, keySealed: true }, { keySealed: false }])
    expect(await codeOf(() => imports.unlock(locked.stagedImportId, 'a wrong passphrase'))).toBe('passphrase_wrong')
    const open = await imports.unlock(locked.stagedImportId, PASSPHRASE)
    expect(open.candidates[0]).toMatchObject({ key: { fingerprint }, keySealed: false })
    const { profileIds } = await imports.apply(open.stagedImportId, [choice(open, 0)])
    expect(desk.view(desk.profiles.find(profileIds[0] ?? '')).key?.fingerprint).toBe(fingerprint)
  })
  it('do not open once a profile was changed under its key', async () => {
    await exported(await save(), PASSPHRASE)
    await elsewhere()
    const { stagedImportId } = await dropped({ 'team.json': written.replace('"production"', '"demo"') })
    expect(await codeOf(() => imports.unlock(stagedImportId, PASSPHRASE))).toBe('passphrase_wrong')
  })
  it.each<[string, (text: string) => string]>([
    ['a costlier scrypt', (text) => text.replace('"N": 131072', '"N": 1073741824')],
    ['a cheaper scrypt', (text) => text.replace('"N": 131072', '"N": 2')],
    ['no sealing', (text) => text.replace('"sealing"', '"other"')],
    ['another environment', (text) => text.replace('"production"', '"constructor"')],
    ['a key of another shape', (text) => text.replace('"nonce"', '"__proto__"')],
  ])('%s is refused', async (_name, change) => {
    await exported(await save(), PASSPHRASE)
    const changed = change(written)
    expect(changed).not.toBe(written)
    expect(await codeOf(() => dropped({ 'team.json': changed }))).toBe('import_unreadable')
  })
  it('are not sealed with a short passphrase', async () => {
    expect(await codeOf(async () => exported(await save(), 'short'))).toBe('passphrase_invalid')
    expect(written).toBe('')
  })
})
