import { describe, expect, it } from 'vitest'
import { createProfiles } from '../../src/main/core/profiles.js'
import { codeOf, failureOf } from '../helpers/errors.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { profileInput } from '../helpers/profile-input.js'

describe('profiles', () => {
  it('are saved, changed, listed in order and removed', () => {
    const profiles = createProfiles(new MemoryStore())
    const first = profiles.save(profileInput({ name: 'One' }))
    const second = profiles.save(profileInput({ name: 'Two', environment: 'production' }))
    profiles.save(profileInput({ id: first.id, name: 'Uno' }))
    expect(profiles.list().map(({ name, environment }) => [name, environment])).toEqual([
      ['Uno', 'demo'],
      ['Two', 'production'],
    ])
    profiles.remove(second.id)
    expect(profiles.list()).toHaveLength(1)
  })
  it('survive a restart', () => {
    const store = new MemoryStore()
    const { id } = createProfiles(store).save(profileInput())
    expect(createProfiles(store).find(id).name).toBe('My app')
  })
  it('keep no host of their own outside the custom environment', () => {
    const profiles = createProfiles(new MemoryStore())
    expect(profiles.save(profileInput())).toMatchObject({ oauthHost: '', restBasePath: '' })
    expect(profiles.save(profileInput({ name: 'C', environment: 'custom' }))).toMatchObject({
      oauthHost: 'localhost:9999',
    })
  })
  it('have names of their own, whatever the case', async () => {
    const profiles = createProfiles(new MemoryStore())
    const { id } = profiles.save(profileInput())
    expect((await failureOf(() => profiles.save(profileInput({ name: 'MY APP' })))).fields).toHaveProperty('name')
    expect(profiles.save(profileInput({ id, name: 'MY APP' })).name).toBe('MY APP')
  })
  it('that are wrong are refused with their fields, and nothing is written', async () => {
    const store = new MemoryStore()
    const failure = await failureOf(() => createProfiles(store).save(profileInput({ userId: 'a@b.c', scopes: [] })))
    expect(failure.code).toBe('profile_invalid')
    expect(Object.keys(failure.fields ?? {}).sort()).toEqual(['scopes', 'userId'])
    expect(store.writes).toBe(0)
  })
  it('are not claimed saved when the disk refuses', async () => {
    const store = new MemoryStore()
    const profiles = createProfiles(store)
    profiles.save(profileInput())
    store.full = true
    expect(await codeOf(() => profiles.save(profileInput({ name: 'Second' })))).toBe('save_failed')
    expect(profiles.list()).toHaveLength(1)
  })
  it('the selection is remembered, and falls to the first when its profile is gone', () => {
    const store = new MemoryStore()
    const profiles = createProfiles(store)
    const first = profiles.save(profileInput({ name: 'One' }))
    const second = profiles.save(profileInput({ name: 'Two' }))
    profiles.select(second.id)
    expect(createProfiles(store).selectedId()).toBe(second.id)
    profiles.remove(second.id)
    expect(profiles.selectedId()).toBe(first.id)
  })
  it('an unknown id is an error, not a new profile', async () => {
    expect(await codeOf(() => createProfiles(new MemoryStore()).save(profileInput({ id: 'nobody' })))).toBe(
      'profile_not_found',
    )
  })
})

describe('what this version does not know', () => {
  it('fields at both levels survive a save', () => {
    const store = new MemoryStore()
    const { id } = createProfiles(store).save(profileInput())
    const [saved] = store.document.profiles as object[]
    store.document = { ...store.document, theme: 'plaid', profiles: [{ ...saved, colour: 'green' }] }
    createProfiles(store).save(profileInput({ id, name: 'Renamed' }))
    expect(store.document.theme).toBe('plaid')
    expect((store.document.profiles as object[])[0]).toMatchObject({ colour: 'green', name: 'Renamed' })
  })
  it('an unreadable entry is counted, not shown, and left as it is', () => {
    const odd = { id: 'x', name: 'From the future', environment: 'moon', grant: 'user' }
    const store = new MemoryStore({ schemaVersion: 1, profiles: [odd, 'rubbish', null] })
    const profiles = createProfiles(store)
    expect(profiles.unreadableCount()).toBe(3)
    profiles.save(profileInput())
    expect(profiles.list()).toHaveLength(1)
    expect((store.document.profiles as unknown[]).slice(0, 3)).toEqual([odd, 'rubbish', null])
  })
  it('a document of a newer version is not written over', async () => {
    const store = new MemoryStore({ schemaVersion: 99, profiles: [] })
    expect(await failureOf(() => createProfiles(store).save(profileInput()))).toMatchObject({
      code: 'save_failed',
      retryable: false,
    })
    expect(store.writes).toBe(0)
  })
})
