import type { ActivityEntry, ActivityFormat } from '../../shared/views.js'

const COLUMNS = ['time', 'kind', 'environment', 'profile', 'outcome', 'durationMs', 'traceToken', 'calls'] as const

/** The ledger as a text for other programs: times as ISO 8601 in UTC, durations in milliseconds. */
export function activityText(entries: readonly ActivityEntry[], format: ActivityFormat): string {
  const rows = entries.map(({ atMs, ...entry }) => ({ time: new Date(atMs).toISOString(), calls: 1, ...entry }))
  if (format === 'json') return `${JSON.stringify(rows, COLUMNS as unknown as string[], 2)}\n`
  const lines = rows.map((row) => COLUMNS.map((column) => cell(String(row[column] ?? ''))).join(','))
  // RFC 4180: a header, CRLF at each end.
  return [COLUMNS.join(','), ...lines, ''].join('\r\n')
}

/** A name that begins like a formula would be computed by a spreadsheet. https://owasp.org/www-community/attacks/CSV_Injection */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
