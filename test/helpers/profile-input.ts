import type { ProfileInput } from '../../src/shared/views.js'

/** A profile for demo that may be saved as it is. */
export function profileInput(change: Partial<ProfileInput> = {}): ProfileInput {
  return {
    name: 'My app',
    environment: 'demo',
    integrationKey: '11111111-2222-4333-8444-555555555555',
    userId: '66666666-7777-4888-9999-000000000000',
    grant: 'user',
    scopes: ['signature', 'impersonation'],
    assertionLifetimeS: 600,
    autoRenew: false,
    redirectUri: '',
    oauthHost: 'localhost:9999',
    restBasePath: 'http://localhost:9999/restapi',
    ...change,
  }
}
