import { app, type BrowserWindow, ClipboardItem, clipboard, net, safeStorage, shell } from 'electron'
import type { EventName, Events } from '../shared/contract.js'
import type { Notice } from '../shared/views.js'
import { type AtHand, createAtHand } from './at-hand.js'
import { startCommandLine } from './command-line/command-line.js'
import { createClipboardDesk } from './core/clipboard-desk.js'
import { toAppError } from './core/desk-error.js'
import type { Fetch } from './core/ports.js'
import { createProductionGuard } from './core/production-guard.js'
import { startRenewal } from './core/renewal.js'
import { createSettings } from './core/settings.js'
import { systemClock } from './core/system-clock.js'
import { createAppState, setAsideNotice, unreadableNotice } from './desk/app-state.js'
import { createDesk } from './desk/desk.js'
import { createExportDesk } from './desk/export-desk.js'
import { createImportDesk } from './desk/import-desk.js'
import { createServerDesk, type ServerDesk } from './desk/server-desk.js'
import { createHandlers } from './ipc/handlers.js'
import type { Service } from './ipc/register.js'
import { SCHEMAS } from './ipc/schemas.js'
import { createClipboard } from './platform/clipboard.js'
import { chooseConfigurationFiles } from './platform/configuration-files.js'
import { openDocumentStore } from './platform/document-store.js'
import { hostKind } from './platform/host.js'
import { chooseKeyFile } from './platform/key-file.js'
import { createKeyringCipher } from './platform/keyring-cipher.js'
import { log } from './platform/log.js'
import { createOpenUrl } from './platform/open-url.js'
import { createSafeStorageCipher } from './platform/safe-storage-cipher.js'
import { saveFile } from './platform/save-file.js'
import { openSettingsStore } from './platform/settings-store.js'
import { writeWhole } from './platform/write-whole.js'

export interface Booted {
  readonly service: Service
  /** There is a window: the token server may listen, which nobody would see before. */
  openServer(): void
  /** Looks at once for tokens to renew: after sleep, the next round may be too late. */
  awake(): void
  stop(): void
  staysWithoutWindow(): boolean
  /** A copied token may still be on the clipboard. */
  holdsClipboard(): boolean
  /** Takes it off. Never throws. */
  clearClipboard(): Promise<void>
}

export interface Windows {
  readonly window: () => BrowserWindow | null
  /** Brings the window to the front; opens it anew where it was closed. */
  readonly showWindow: () => void
  /** Whether the app was started without a window and has had none since. */
  readonly isWindowless: () => boolean
}

/** Builds the desk from the data folder. Loaded only once the window is on its way: stores and schemas are heavy. */
export async function boot({ window, showWindow, isWindowless }: Windows): Promise<Booted> {
  const tell = <E extends EventName>(event: E, payload: Events[E]) => {
    const target = window()
    if (target && !target.isDestroyed()) target.webContents.send(event, payload)
  }
  const folder = app.getPath('userData')
  const now = new Date()
  const profiles = openDocumentStore(folder, 'profiles', now)
  const vault = openDocumentStore(folder, 'vault', now)
  const keyUse = openDocumentStore(folder, 'key-use', now)
  const activityFile = openDocumentStore(folder, 'activity', now)
  const settingsFile = openSettingsStore(folder, now)
  const accountFile = openDocumentStore(folder, 'accounts', now)
  const formatFile = openDocumentStore(folder, 'copy-formats', now)
  const consentFile = openDocumentStore(folder, 'consents', now)
  const serverFile = openDocumentStore(folder, 'token-server', now)
  const settings = createSettings(settingsFile.store)
  // Made once the desk is there, which may have something to tell before.
  let atHand: AtHand | null = null
  let server: ServerDesk | null = null
  const desk = createDesk({
    profileStore: profiles.store,
    vaultStore: vault.store,
    keyUseStore: keyUse.store,
    activityStore: activityFile.store,
    accountStore: accountFile.store,
    formatStore: formatFile.store,
    consentStore: consentFile.store,
    ciphers: [createSafeStorageCipher(safeStorage, process.platform), createKeyringCipher(process.platform)],
    clock: systemClock,
    // Electron's own: it follows the system's proxy and certificates.
    fetch: ((url, init) => net.fetch(url, init)) satisfies Fetch,
    platform: process.platform,
    tokenChanged(status) {
      tell('tokens:changed', status)
      atHand?.refresh()
    },
    profilesChanged() {
      tell('profiles:changed', null)
      server?.refresh()
      atHand?.refresh()
    },
    renewalFailed: (profileId, error) => atHand?.renewalFailed(profileId, error),
    activityChanged: () => tell('activity:changed', null),
    consentChanged: (status) => tell('consent:changed', status),
  })

  const notices: Notice[] = []
  const opened = {
    profiles,
    keys: vault,
    settings: settingsFile,
    'choices of accounts': accountFile,
    'formats copied in': formatFile,
    'known consents': consentFile,
    'last uses of keys': keyUse,
    'token server’s secrets': serverFile,
    activity: activityFile,
  }
  for (const [what, { setAside }] of Object.entries(opened)) if (setAside) notices.push(setAsideNotice(what, setAside))
  if (desk.profiles.unreadableCount() > 0) notices.push(unreadableNotice(desk.profiles.unreadableCount()))
  try {
    await desk.simulator.start()
  } catch (thrown) {
    const { code, message, hint } = toAppError(thrown)
    log('start', code)
    notices.push({ id: 'start', message, ...(hint === undefined ? {} : { hint }) })
  }

  const clipboardDesk = createClipboardDesk({
    clipboard: createClipboard(clipboard, ClipboardItem, process.platform),
    clock: systemClock,
    clearAfterMs() {
      const { clipboardClearAfterS } = settings.read()
      return clipboardClearAfterS === null ? null : clipboardClearAfterS * 1000
    },
    changed: (status) => tell('clipboard:changed', status),
  })
  const guard = createProductionGuard(settings.read)
  server = createServerDesk({
    desk,
    store: serverFile.store,
    clock: systemClock,
    guard,
    settings: settings.read,
    savePort: (serverPort) => state.saveSettings({ ...settings.read(), serverPort }),
    changed(status) {
      tell('server:changed', status)
      atHand?.refresh()
    },
  })
  atHand = createAtHand({
    desk,
    guard,
    clipboard: clipboardDesk,
    settings: settings.read,
    server,
    platform: process.platform,
    showWindow,
    quit: () => app.quit(),
  })
  const state = createAppState({
    version: app.getVersion(),
    host: hostKind(),
    desk,
    settings,
    abilities: atHand.abilities,
    applySettings: atHand.apply,
    notices,
    changed: (info) => tell('app:changed', info),
  })
  const saveText = async (name: string, text: string) => {
    const parent = window()
    return parent && saveFile(parent, name, text)
  }
  const handlers = createHandlers(desk, {
    info: state.info,
    dismissNotice: state.dismissNotice,
    setScenario: state.setScenario,
    setPassphrase: state.setPassphrase,
    unlock: state.unlock,
    chooseKeyFile: async () => {
      const parent = window()
      return parent && chooseKeyFile(parent)
    },
    saveText,
    saveSettings(next) {
      state.saveSettings(next)
      clipboardDesk.retime()
      server?.refresh()
    },
    clipboard: clipboardDesk,
    guard,
    server,
    openUrl: createOpenUrl((url) => shell.openExternal(url)),
    imports: createImportDesk(desk),
    exports: createExportDesk({ desk, saveFile: saveText }),
    chooseConfigurationFiles: async () => {
      const parent = window()
      return parent && chooseConfigurationFiles(parent)
    },
  })
  const selectedId = desk.profiles.selectedId()
  if (selectedId !== null) void desk.keys.check(selectedId)
  const stopRenewal = startRenewal(desk.tokens, systemClock)
  const { staysWithoutWindow } = atHand
  const commandLine = await startCommandLine({
    folder,
    desk,
    guard,
    clock: systemClock,
    writeWhole,
    log,
    isWindowless,
    isNeeded: staysWithoutWindow,
    quit: () => app.quit(),
  })
  return {
    service: { handlers, schemas: SCHEMAS },
    openServer: () => void server?.open(),
    awake() {
      void desk.tokens.renewDue()
      clipboardDesk.retime()
    },
    stop() {
      stopRenewal()
      commandLine.stop()
      atHand?.stop()
      desk.activity.flush()
      desk.consent.stopAll()
      server?.close()
      void desk.simulator.stop()
    },
    staysWithoutWindow,
    holdsClipboard: clipboardDesk.holds,
    clearClipboard: clipboardDesk.clear,
  }
}
