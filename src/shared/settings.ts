/** What the user may choose for the whole app. No secrets. */
export interface Settings {
  /** How long a copied token stays on the clipboard, seconds; `null` leaves it there until the app is quit. */
  readonly clipboardClearAfterS: number | null
  /** Ask at every copy (or reveal) of a production token, not only at the session's first. */
  readonly confirmEachProductionCopy: boolean
  /** Copies the chosen profile's token from wherever the user is; `null` for none. An Electron accelerator. */
  readonly copyShortcut: CopyShortcut | null
  /** Closing the window leaves the app in the tray. */
  readonly keepInTray: boolean
  readonly startAtLogin: boolean
  /** Whether the token server and the command line hand out production tokens. */
  readonly serveProduction: boolean
  /** Where the token server listens, on loopback addresses only. */
  readonly serverPort: number
  /** The token server stops after this long without a call that was answered, minutes. */
  readonly serverIdleStopMin: number
}

/** A choice instead of a free field: what other programs commonly use is not among them. */
export const COPY_SHORTCUTS = [
  'CommandOrControl+Alt+Shift+T',
  'CommandOrControl+Alt+Shift+D',
  'CommandOrControl+Alt+Shift+J',
] as const
export type CopyShortcut = (typeof COPY_SHORTCUTS)[number]

export const CLIPBOARD_CLEAR_S = { least: 10, most: 600 } as const

export const SERVER_PORT = { least: 1, most: 65_535 } as const
export const SERVER_IDLE_STOP_MIN = { least: 1, most: 1440 } as const

export const DEFAULT_SETTINGS: Settings = {
  clipboardClearAfterS: 60,
  confirmEachProductionCopy: false,
  copyShortcut: null,
  keepInTray: false,
  startAtLogin: false,
  serveProduction: false,
  serverPort: 8000,
  serverIdleStopMin: 60,
}
