import { beforeEach, describe, expect, it } from 'vitest'
import { createProductionGuard } from '../../src/main/core/production-guard.js'
import { createDesk } from '../../src/main/desk/desk.js'
import { createHandlers, type Surroundings } from '../../src/main/ipc/handlers.js'
import type { Handlers } from '../../src/main/ipc/register.js'
import type { EnvironmentId } from '../../src/shared/environments.js'
import { DEFAULT_SETTINGS, type Settings } from '../../src/shared/settings.js'
import { deskParts } from '../helpers/desk-parts.js'
import { codeOf } from '../helpers/errors.js'
import { FakeClock } from '../helpers/fake-clock.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { profileInput } from '../helpers/profile-input.js'

const pem = pkcs1Pem(makeRsa().privateKey)
const TOKEN = 'a'.repeat(700)
let copied: [string, string][]
let requested: string[]
let settings: Settings
let handlers: Handlers
let profileOf: (environment: EnvironmentId) => Promise<string>

beforeEach(() => {
  copied = []
  requested = []
  settings = DEFAULT_SETTINGS
  const desk = createDesk(
    deskParts({
      clock: new FakeClock(),
      // In Docusign's place, for every environment.
      fetch: async (url) => {
        requested.push(url)
        return Response.json({ access_token: TOKEN, token_type: 'Bearer', expires_in: 3600 })
      },
    }),
  )
  profileOf = async (environment) => {
    const { stagedKeyId } = desk.keyDesk.stage(pem)
    return (await desk.saveProfile(profileInput({ name: environment, environment, stagedKeyId }))).id
  }
  const surroundings: Pick<Surroundings, 'clipboard' | 'guard'> = {
    clipboard: {
      copyToken: async (token, profileId) => void copied.push([token, profileId]),
      copyPublic: async () => {},
    },
    guard: createProductionGuard(() => settings),
  }
  handlers = createHandlers(desk, surroundings as Surroundings)
})

describe('a production token', () => {
  it('is neither copied, revealed nor asked for until the user confirmed, and then is', async () => {
    const profileId = await profileOf('production')
    expect(await codeOf(() => handlers['tokens:copy']({ profileId, confirmed: false, format: 'raw' }))).toBe(
      'confirmation_needed',
    )
    expect(await codeOf(() => handlers['tokens:reveal']({ profileId, confirmed: false }))).toBe('confirmation_needed')
    expect([copied, requested]).toEqual([[], []])
    await handlers['tokens:copy']({ profileId, confirmed: true, format: 'raw' })
    expect(copied).toEqual([[TOKEN, profileId]])
    expect(requested).toEqual(['https://account.docusign.com/oauth/token'])
    await handlers['tokens:copy']({ profileId, confirmed: false, format: 'raw' })
    expect((await handlers['tokens:reveal']({ profileId, confirmed: false })).token).toBe(TOKEN)
  })
  it('revealing it counts as having been asked', async () => {
    const profileId = await profileOf('production')
    await handlers['tokens:reveal']({ profileId, confirmed: true })
    await handlers['tokens:copy']({ profileId, confirmed: false, format: 'raw' })
    expect(copied).toHaveLength(1)
  })
  it('is asked for each time where the setting says so', async () => {
    settings = { ...settings, confirmEachProductionCopy: true }
    const profileId = await profileOf('production')
    await handlers['tokens:copy']({ profileId, confirmed: true, format: 'raw' })
    expect(await codeOf(() => handlers['tokens:copy']({ profileId, confirmed: false, format: 'raw' }))).toBe(
      'confirmation_needed',
    )
    expect(copied).toHaveLength(1)
  })
})

it.each(['demo', 'custom'] as const)('a %s token is never asked about', async (environment) => {
  settings = { ...settings, confirmEachProductionCopy: true }
  const profileId = await profileOf(environment)
  await handlers['tokens:copy']({ profileId, confirmed: false, format: 'raw' })
  expect(copied).toEqual([[TOKEN, profileId]])
})
