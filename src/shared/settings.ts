/** What the user may choose for the whole app. No secrets. */
export interface Settings {
  /** How long a copied token stays on the clipboard, seconds; `null` leaves it there until the app is quit. */
  readonly clipboardClearAfterS: number | null
  /** Ask at every copy (or reveal) of a production token, not only at the session's first. */
  readonly confirmEachProductionCopy: boolean
}

export const CLIPBOARD_CLEAR_S = { least: 10, most: 600 } as const

export const DEFAULT_SETTINGS: Settings = { clipboardClearAfterS: 60, confirmEachProductionCopy: false }
