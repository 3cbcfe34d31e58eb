const DAY_MS = 86_400_000
const UNITS = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['day', DAY_MS],
  ['hour', DAY_MS / 24],
  ['minute', DAY_MS / 1440],
] as const

/** `3 months ago`, `yesterday`; a time in the future, after the clock was set back, counts as now. */
export function ageText(atMs: number, nowMs = Date.now()): string {
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  for (const [unit, unitMs] of UNITS) {
    const count = Math.floor((nowMs - atMs) / unitMs)
    if (count >= 1) return words.format(-count, unit)
  }
  return 'just now'
}
