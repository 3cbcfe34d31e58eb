import { createProductionGuard } from '../../src/main/core/production-guard.js'
import { createDesk } from '../../src/main/desk/desk.js'
import { createServerDesk } from '../../src/main/desk/server-desk.js'
import { DEFAULT_SETTINGS } from '../../src/shared/settings.js'
import { deskParts } from '../helpers/desk-parts.js'
import { freePort } from '../helpers/free-port.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { profileInput } from '../helpers/profile-input.js'
import { answerMemory, type LoadStarted, whenTold } from './load-child.js'

/** The token server as the app runs it, with its desk, ledger and guards; documents in memory. */
whenTold(async ({ oauthHost, integrationKey, userId, privateKeyPem }): Promise<LoadStarted> => {
  const parts = deskParts()
  const desk = createDesk(parts)
  const { stagedKeyId } = desk.keyDesk.stage(privateKeyPem)
  const hosts = { oauthHost, restBasePath: `http://${oauthHost}/restapi` }
  const input = profileInput({ environment: 'custom', integrationKey, userId, ...hosts, stagedKeyId })
  const { id } = await desk.saveProfile(input)
  const settings = { ...DEFAULT_SETTINGS, serverPort: await freePort() }
  const server = createServerDesk({
    desk,
    store: new MemoryStore(),
    clock: parts.clock,
    guard: createProductionGuard(() => settings),
    settings: () => settings,
    savePort: () => {},
    changed: () => {},
  })
  const { secret, status } = await server.newSecret(id)
  if (status.state !== 'running') throw new Error(`the token server is ${status.state}`)
  return { url: server.textFor(id, 'url').text, secret }
})
answerMemory()
