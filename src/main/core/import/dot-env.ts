import { newSection, type Section } from './settings.js'

/**
 * One setting: `export` in front, spaces around `=`, and a value in quotes (over several lines, too) or without. A key
 * may run over several lines unquoted; its length is bounded, or many beginnings would be many long searches.
 */
const LINE =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(?:"([^"\\]*(?:\\[\s\S][^"\\]*)*)"|'([^']*)'|`([^`]*)`|(-----BEGIN[\s\S]{0,4096}?-----END[^\n]*|[^\n]*))/gm

/**
 * A `.env` file. A later line of the same name counts, as it does for a shell.
 * @returns `null` where no line is a setting
 */
export function readDotEnv(text: string): Section | null {
  const found = new Map<string, string>()
  for (const [, name = '', double, single, backtick, bare] of text.matchAll(LINE)) {
    const value = double?.replace(/\\(["\\])/g, '$1') ?? single ?? backtick ?? withoutComment(bare ?? '')
    found.set(name, value.trim())
  }
  if (found.size === 0) return null
  const section = newSection()
  section.settings.push(...found)
  return section
}

function withoutComment(text: string): string {
  return text.startsWith('#') ? '' : text.replace(/\s#.*$/, '')
}
