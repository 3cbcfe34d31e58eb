import { app, type BrowserWindow, net, safeStorage } from 'electron'
import type { EventName, Events } from '../shared/contract.js'
import type { Notice } from '../shared/views.js'
import { toAppError } from './core/desk-error.js'
import type { Fetch } from './core/ports.js'
import { startRenewal } from './core/renewal.js'
import { systemClock } from './core/system-clock.js'
import { type AppState, createAppState, setAsideNotice, unreadableNotice } from './desk/app-state.js'
import { createDesk, type Desk } from './desk/desk.js'
import { openDocumentStore } from './platform/document-store.js'
import { hostKind } from './platform/host.js'
import { log } from './platform/log.js'
import { createSafeStorageCipher } from './platform/safe-storage-cipher.js'

export interface Booted {
  readonly desk: Desk
  readonly state: AppState
  stop(): Promise<void>
}

/** Builds the desk from the data folder. Loaded only once the window is on its way: the stores are heavy. */
export async function boot(window: () => BrowserWindow | null): Promise<Booted> {
  const tell = <E extends EventName>(event: E, payload: Events[E]) => {
    const target = window()
    if (target && !target.isDestroyed()) target.webContents.send(event, payload)
  }
  const folder = app.getPath('userData')
  const now = new Date()
  const profiles = openDocumentStore(folder, 'profiles', now)
  const vault = openDocumentStore(folder, 'vault', now)
  const desk = createDesk({
    profileStore: profiles.store,
    vaultStore: vault.store,
    cipher: createSafeStorageCipher(safeStorage, process.platform),
    clock: systemClock,
    // Electron's own: it follows the system's proxy and certificates.
    fetch: ((url, init) => net.fetch(url, init)) satisfies Fetch,
    platform: process.platform,
    tokenChanged: (status) => tell('tokens:changed', status),
    profilesChanged: () => tell('profiles:changed', null),
  })

  const notices: Notice[] = []
  if (profiles.setAside) notices.push(setAsideNotice('profiles', profiles.setAside))
  if (vault.setAside) notices.push(setAsideNotice('keys', vault.setAside))
  if (desk.profiles.unreadableCount() > 0) notices.push(unreadableNotice(desk.profiles.unreadableCount()))
  try {
    await desk.simulator.start()
  } catch (thrown) {
    const { code, message, hint } = toAppError(thrown)
    log('start', code)
    notices.push({ id: 'start', message, ...(hint === undefined ? {} : { hint }) })
  }

  const state = createAppState({
    version: app.getVersion(),
    host: hostKind(),
    platform: process.platform,
    desk,
    notices,
    changed: (info) => tell('app:changed', info),
  })
  const stopRenewal = startRenewal(desk.tokens, systemClock)
  return {
    desk,
    state,
    async stop() {
      stopRenewal()
      await desk.simulator.stop()
    },
  }
}
