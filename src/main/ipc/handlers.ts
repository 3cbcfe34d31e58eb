import type { Settings } from '../../shared/settings.js'
import type { AppInfo, ProfileView, Scenario } from '../../shared/views.js'
import { activityText } from '../core/activity-file.js'
import type { OpenPage } from '../core/consent-loop.js'
import { deskError } from '../core/desk-error.js'
import type { GrantedToken } from '../core/jwt-grant.js'
import type { ProductionGuard } from '../core/production-guard.js'
import { inspectToken } from '../core/token-inspection.js'
import type { Desk } from '../desk/desk.js'
import { createImportHandlers, type ImportSurroundings } from './import-handlers.js'
import type { Handlers } from './register.js'
import { createServerHandlers, type ServerSurroundings } from './server-handlers.js'

/** What the handlers need of the world outside core. */
export interface Surroundings extends ImportSurroundings, ServerSurroundings {
  readonly info: () => Promise<AppInfo>
  readonly dismissNotice: (id: string) => void
  readonly setScenario: (scenario: Scenario) => void
  readonly setPassphrase: (passphrase: string) => Promise<void>
  readonly unlock: (passphrase: string) => Promise<void>
  readonly chooseKeyFile: () => Promise<Buffer | null>
  /** Lets the user choose where a text is saved; `null` when they cancel. */
  readonly saveText: (defaultName: string, text: string) => Promise<string | null>
  readonly saveSettings: (settings: Settings) => void
  readonly guard: ProductionGuard
  readonly openUrl: OpenPage
}

/** How long a revealed token may stay on screen, milliseconds. */
const REVEAL_MS = 30_000

export function createHandlers(desk: Desk, surroundings: Surroundings): Handlers {
  const { info, dismissNotice, setScenario, setPassphrase, unlock, chooseKeyFile, openUrl } = surroundings
  const { saveText, saveSettings, clipboard, guard } = surroundings
  const { profiles, keyDesk, keys, tokens, accounts, consent, activity } = desk
  const view = (id: string): ProfileView => desk.view(profiles.find(id))
  /** The one way of a token out of here. What is asked for and what is checked is one reading of the profile. */
  const handOut = ({ profileId, confirmed }: { profileId: string; confirmed: boolean }): Promise<GrantedToken> => {
    guard.check(profiles.find(profileId).environment, confirmed)
    return tokens.get(profileId)
  }
  return {
    'app:info': info,
    'app:dismissNotice': ({ id }) => {
      dismissNotice(id)
      return null
    },

    'profiles:list': () => ({ profiles: profiles.list().map(desk.view), selectedId: profiles.selectedId() }),
    'profiles:save': (input) => desk.saveProfile(input),
    'profiles:remove': ({ profileId }) => {
      desk.removeProfile(profileId)
      return null
    },
    'profiles:select': ({ profileId }) => {
      profiles.select(profileId)
      void keys.check(profileId)
      return null
    },

    'keys:loadFile': async () => {
      const bytes = await chooseKeyFile()
      if (!bytes) return null
      try {
        return keyDesk.stage(bytes)
      } finally {
        bytes.fill(0)
      }
    },
    'keys:stage': ({ source }) => {
      try {
        return keyDesk.stage(source)
      } finally {
        if (typeof source !== 'string') source.fill(0)
      }
    },
    'keys:unlockStaged': ({ stagedKeyId, passphrase }) => keyDesk.unlock(stagedKeyId, passphrase),
    'keys:discardStaged': ({ stagedKeyId }) => {
      keyDesk.discard(stagedKeyId)
      return null
    },
    'keys:add': async ({ profileId, stagedKeyId, replace }) => {
      await keys.add(profileId, stagedKeyId, replace)
      return view(profileId)
    },
    'keys:verify': async ({ profileId, keyId }) => {
      await keys.verify(profileId, keyId)
      return view(profileId)
    },
    'keys:activate': ({ profileId, keyId }) => {
      keys.activate(profileId, keyId)
      return view(profileId)
    },
    'keys:retire': ({ profileId, keyId }) => {
      keys.retire(profileId, keyId)
      return view(profileId)
    },
    'keys:check': async ({ profileId }) => {
      await keys.check(profileId)
      return view(profileId)
    },
    'keys:copyPublic': async ({ profileId, keyId }) => {
      const key = view(profileId).keys.find(({ id }) => id === keyId)
      if (!key?.publicKeyPem) throw deskError('key_missing')
      await clipboard.copyPublic(key.publicKeyPem)
      return null
    },

    'tokens:get': async ({ profileId, fresh }) => {
      profiles.find(profileId)
      // Why there is no token stands in the status, where it stays until there is one.
      await tokens.get(profileId, { fresh }).catch(() => {})
      return tokens.status(profileId)
    },
    'tokens:status': ({ profileId }) => tokens.status(profiles.find(profileId).id),
    'tokens:copy': async (input) => {
      const text = desk.render(input.format, input.profileId, await handOut(input))
      await clipboard.copyToken(text, input.profileId)
      desk.rememberFormat(input.profileId, input.format)
      return null
    },
    'tokens:savePostman': async (input) => {
      const text = desk.render('postman', input.profileId, await handOut(input))
      const path = await saveText('docusign.postman_environment.json', text)
      return path === null ? null : { path }
    },
    'tokens:inspect': ({ profileId }) => {
      const token = tokens.present(profiles.find(profileId).id)
      if (!token) throw deskError('token_missing')
      return inspectToken(token.accessToken)
    },
    'tokens:reveal': async (input) => {
      const { accessToken } = await handOut(input)
      return { token: accessToken, hideAfterMs: REVEAL_MS }
    },

    'tokens:try': ({ profileId }) => accounts.try(profiles.find(profileId).id),

    'account:get': ({ profileId, refresh }) => accounts.get(profiles.find(profileId).id, { refresh }),
    'account:choose': ({ profileId, accountId }) => accounts.choose(profiles.find(profileId).id, accountId),
    'account:copy': async ({ profileId, field }) => {
      await clipboard.copyPublic(accounts.valueOf(profiles.find(profileId).id, field))
      return null
    },

    'consent:open': ({ profileId, admin }) => consent.open(profileId, admin, openUrl),
    'consent:status': ({ profileId }) => consent.status(profileId),
    'consent:stop': ({ profileId }) => {
      consent.stop(profiles.find(profileId).id)
      return null
    },

    'vault:setPassphrase': async ({ passphrase }) => {
      await setPassphrase(passphrase)
      return null
    },
    'vault:unlock': async ({ passphrase }) => {
      await unlock(passphrase)
      return null
    },

    'activity:list': () => ({ entries: activity.list() }),
    'activity:clear': () => {
      activity.clear()
      return null
    },
    'activity:export': async ({ format }) => {
      const path = await saveText(`token-desk-activity.${format}`, activityText(activity.list(), format))
      return path === null ? null : { path }
    },

    'simulator:setScenario': ({ scenario }) => {
      setScenario(scenario)
      return null
    },

    'settings:save': (settings) => {
      saveSettings(settings)
      return null
    },

    ...createServerHandlers(surroundings),
    ...createImportHandlers(surroundings),
  }
}
