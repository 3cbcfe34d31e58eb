import { randomUUID } from 'node:crypto'
import { profileInput } from './profile-input.js'

/** The content of a `profiles.json` with `count` profiles, `Profile 1` and on, over three environments. */
export function manyProfiles(count: number): Record<string, unknown> {
  const environments = ['demo', 'production', 'simulator'] as const
  const profiles = Array.from({ length: count }, (_, index) => ({
    ...profileInput({
      name: `Profile ${index + 1}`,
      environment: environments[index % environments.length] ?? 'demo',
      integrationKey: randomUUID(),
      userId: randomUUID(),
      oauthHost: '',
      restBasePath: '',
    }),
    id: randomUUID(),
    keyId: null,
  }))
  return { schemaVersion: 1, profiles, selectedId: profiles[0]?.id }
}
