import { deskError } from '../desk-error.js'

/** Strings first, so that what looks like a comment inside one stays. Each alternative also matches unclosed: linear. */
const STRING_OR_COMMENT = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*)/g

/**
 * Parses JSON, with comments and trailing commas where it has them: .NET reads `appsettings.json` so.
 * @returns `undefined` for a text that does not begin as an object or list
 * @throws DeskError `import_unreadable` for broken JSON
 */
export function parseJsonText(text: string): unknown {
  const bare = text.replace(STRING_OR_COMMENT, (part) => (part.startsWith('"') ? part : ' '))
  if (!/^\s*[{[]/.test(bare)) return undefined
  for (const attempt of [
    text,
    bare,
    bare.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"?|,(?=\s*[}\]])/g, (part) => (part === ',' ? '' : part)),
  ]) {
    try {
      return JSON.parse(attempt)
    } catch {
      // The next, more tolerant one.
    }
  }
  throw deskError('import_unreadable', { message: 'This JSON file is broken.' })
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
