import { describe, expect, it } from 'vitest'
import { goLiveProblems, productionProfile } from '../../src/shared/go-live.js'
import type { KeyView, ProfileView } from '../../src/shared/views.js'
import { profileInput } from '../helpers/profile-input.js'

const key = { id: 'k', fingerprint: 'aa:bb' } as KeyView
const demo = {
  ...profileInput({ redirectUri: 'http://localhost:3000/' }),
  id: 'p',
  key,
  keys: [key],
  copyFormat: 'raw',
} as ProfileView
const draft = {
  name: 'My app (production)',
  userId: '11111111-2222-4333-8444-555555555555',
  redirectUri: 'http://localhost:3000/',
  fingerprint: 'cc:dd',
}

describe('going live', () => {
  it('is ready once user, key, redirect URI and name are production’s own', () => {
    expect(goLiveProblems(demo, draft, [demo])).toEqual({})
    expect(productionProfile(demo, draft, 'staged')).toMatchObject({
      environment: 'production',
      integrationKey: demo.integrationKey,
      userId: draft.userId,
      stagedKeyId: 'staged',
    })
  })
  it.each([
    ['userId', { userId: demo.userId.toUpperCase() }, /demo user/],
    ['userId', { userId: 'dev@example.com' }, /email/],
    ['key', { fingerprint: 'aa:bb' }, /demo key/],
    ['key', { fingerprint: null }, /Load/],
    ['redirectUri', { redirectUri: '' }, /Consent/],
    ['redirectUri', { redirectUri: 'javascript:x' }, /http/],
    ['name', { name: demo.name }, /Another/],
    ['name', { name: ' ' }, /needs a name/],
  ] as const)('%s: %j is told', (step, change, words) => {
    expect(goLiveProblems(demo, { ...draft, ...change }, [demo])[step]).toMatch(words)
  })
  it('asks an application for neither a user nor a redirect URI', () => {
    const application: ProfileView = { ...demo, grant: 'application', scopes: ['organization_read'] }
    expect(goLiveProblems(application, { ...draft, userId: '', redirectUri: '' }, [application])).toEqual({})
    expect(productionProfile(application, { ...draft, userId: '' }, 'staged').userId).toBe('')
  })
})
