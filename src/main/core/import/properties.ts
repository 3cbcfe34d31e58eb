import { newSection, type Section } from './settings.js'

/**
 * Java's `.properties`, as `java.util.Properties.load` reads it: `=`, `:` or white space between name and value, `#` and
 * `!` for comments, a backslash at the end of a line to go on, `\uXXXX`. Python's `.ini` comes out the same, its
 * `[section]` lines left out.
 *
 * @returns `null` where no line is a setting
 */
export function readProperties(text: string): Section | null {
  const found = new Map<string, string>()
  for (const line of logicalLines(text)) {
    const [name, value] = split(line)
    if (name !== '') found.set(name, value)
  }
  if (found.size === 0) return null
  const section = newSection()
  section.settings.push(...found)
  return section
}

function logicalLines(text: string): string[] {
  const lines: string[] = []
  let parts: string[] = []
  for (const raw of text.split('\n')) {
    const line = raw.trimStart()
    if (parts.length === 0 && (line === '' || /^[#![]/.test(line))) continue
    const goesOn = endsInOddBackslash(line)
    parts.push(goesOn ? line.slice(0, -1) : line)
    if (goesOn) continue
    lines.push(parts.join(''))
    parts = []
  }
  return parts.length === 0 ? lines : [...lines, parts.join('')]
}

/** By hand, as the ends of names below: a regular expression would search anew from each backslash. */
function endsInOddBackslash(line: string): boolean {
  let at = line.length
  while (line[at - 1] === '\\') at -= 1
  return (line.length - at) % 2 === 1
}

function split(line: string): readonly [name: string, value: string] {
  let at = 0
  while (at < line.length && !/[\s=:]/.test(line.charAt(at))) at += line[at] === '\\' ? 2 : 1
  return [unescaped(line.slice(0, at)), unescaped(line.slice(at).replace(/^\s*[=:]?\s*/, '')).trim()]
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_all, hex: string | undefined, char = '') =>
    hex === undefined ? (CONTROL[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

const CONTROL: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  n: '\n',
  r: '\r',
  t: '\t',
  f: '\f',
})
