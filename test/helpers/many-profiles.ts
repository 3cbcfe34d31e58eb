import { randomUUID } from 'node:crypto'

/** The content of a `profiles.json` with `count` profiles, `Profile 1` and on, over three environments. */
export function manyProfiles(count: number): Record<string, unknown> {
  const environments = ['demo', 'production', 'simulator']
  const profiles = Array.from({ length: count }, (_, index) => ({
    id: randomUUID(),
    name: `Profile ${index + 1}`,
    environment: environments[index % environments.length],
    integrationKey: randomUUID(),
    userId: randomUUID(),
    grant: 'user',
    scopes: ['signature', 'impersonation'],
    assertionLifetimeS: 600,
    autoRenew: false,
    redirectUri: '',
    oauthHost: '',
    restBasePath: '',
    keyId: null,
  }))
  return { schemaVersion: 1, profiles, selectedId: profiles[0]?.id }
}
