import type { CallName } from '../../shared/contract.js'
import type { ClipboardDesk } from '../core/clipboard-desk.js'
import type { ServerDesk } from '../desk/server-desk.js'
import type { Handlers } from './register.js'

export interface ServerSurroundings {
  readonly server: ServerDesk
  readonly clipboard: Pick<ClipboardDesk, 'copyToken' | 'copyPublic'>
}

type ServerCalls = Extract<CallName, `server:${string}`>

export function createServerHandlers(surroundings: ServerSurroundings): Pick<Handlers, ServerCalls> {
  // Looked up at each call: tests hand over only what they need.
  return {
    'server:status': () => surroundings.server.status(),
    'server:newSecret': ({ profileId }) => surroundings.server.newSecret(profileId),
    'server:setServed': ({ profileId, served }) => surroundings.server.setServed(profileId, served),
    'server:start': ({ port }) => surroundings.server.start(port),
    'server:stop': () => surroundings.server.stop(),
    'server:copy': async ({ profileId, what }) => {
      const { server, clipboard } = surroundings
      const { text, isSecret } = server.textFor(profileId, what)
      await (isSecret ? clipboard.copyToken(text, profileId) : clipboard.copyPublic(text))
      return null
    },
    'server:forgetSecret': ({ profileId }) => {
      surroundings.server.forgetSecret(profileId)
      return null
    },
  }
}
