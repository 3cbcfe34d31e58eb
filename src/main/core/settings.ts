import { CLIPBOARD_CLEAR_S, DEFAULT_SETTINGS, type Settings } from '../../shared/settings.js'
import { deskError } from './desk-error.js'
import type { DocumentStore } from './ports.js'

const SETTINGS_SCHEMA_VERSION = 1

export interface SettingsDesk {
  read(): Settings
  /** @throws DeskError `save_failed`; the present settings stay then */
  save(settings: Settings): Settings
}

/** Settings in their document. A value that makes no sense counts as the default; unknown fields survive every save. */
export function createSettings(store: DocumentStore): SettingsDesk {
  let document = store.read()
  return {
    read: () => settingsOf(document),
    save({ clipboardClearAfterS, confirmEachProductionCopy }) {
      const version = document.schemaVersion
      if (typeof version === 'number' && version > SETTINGS_SCHEMA_VERSION) {
        throw deskError('save_failed', {
          message: 'Nothing was saved: the settings were written by a newer version of Token Desk.',
          hint: 'Update Token Desk.',
          retryable: false,
        })
      }
      const full = {
        ...document,
        clipboardClearAfterS,
        confirmEachProductionCopy,
        schemaVersion: SETTINGS_SCHEMA_VERSION,
      }
      store.write(full)
      document = full
      return settingsOf(full)
    },
  }
}

function settingsOf(document: Record<string, unknown>): Settings {
  const { clipboardClearAfterS: seconds, confirmEachProductionCopy: each } = document
  return {
    clipboardClearAfterS: seconds === null || isClearTime(seconds) ? seconds : DEFAULT_SETTINGS.clipboardClearAfterS,
    confirmEachProductionCopy: typeof each === 'boolean' ? each : DEFAULT_SETTINGS.confirmEachProductionCopy,
  }
}

function isClearTime(value: unknown): value is number {
  const { least, most } = CLIPBOARD_CLEAR_S
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
}
