import {
  CLIPBOARD_CLEAR_S,
  COPY_SHORTCUTS,
  DEFAULT_SETTINGS,
  SERVER_IDLE_STOP_MIN,
  SERVER_PORT,
  type Settings,
} from '../../shared/settings.js'
import type { DocumentStore } from './ports.js'
import { refuseNewer } from './schema-version.js'

const SETTINGS_SCHEMA_VERSION = 1

export interface SettingsDesk {
  read(): Settings
  /** @throws DeskError `save_failed`; the present settings stay then */
  save(settings: Settings): Settings
}

/** Settings in their document. A value that makes no sense counts as the default; unknown fields survive every save. */
export function createSettings(store: DocumentStore): SettingsDesk {
  let document = store.read()
  // Read at each call of a busy client.
  let settings = settingsOf(document)
  return {
    read: () => settings,
    save(next) {
      refuseNewer(document, SETTINGS_SCHEMA_VERSION, 'the settings')
      const full = { ...document, ...next, schemaVersion: SETTINGS_SCHEMA_VERSION }
      store.write(full)
      document = full
      settings = settingsOf(full)
      return settings
    },
  }
}

function settingsOf(document: Record<string, unknown>): Settings {
  const { clipboardClearAfterS: seconds, copyShortcut } = document
  const flag = (name: 'confirmEachProductionCopy' | 'keepInTray' | 'startAtLogin' | 'serveProduction') =>
    typeof document[name] === 'boolean' ? document[name] : DEFAULT_SETTINGS[name]
  const number = (name: 'serverPort' | 'serverIdleStopMin', limits: Limits) => {
    const value = document[name]
    return isWithin(value, limits) ? value : DEFAULT_SETTINGS[name]
  }
  const isTime = seconds === null || isWithin(seconds, CLIPBOARD_CLEAR_S)
  return {
    clipboardClearAfterS: isTime ? seconds : DEFAULT_SETTINGS.clipboardClearAfterS,
    confirmEachProductionCopy: flag('confirmEachProductionCopy'),
    copyShortcut: COPY_SHORTCUTS.find((shortcut) => shortcut === copyShortcut) ?? DEFAULT_SETTINGS.copyShortcut,
    keepInTray: flag('keepInTray'),
    startAtLogin: flag('startAtLogin'),
    serveProduction: flag('serveProduction'),
    serverPort: number('serverPort', SERVER_PORT),
    serverIdleStopMin: number('serverIdleStopMin', SERVER_IDLE_STOP_MIN),
  }
}

interface Limits {
  readonly least: number
  readonly most: number
}

function isWithin(value: unknown, { least, most }: Limits): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}
