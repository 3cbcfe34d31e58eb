import { checkDepth, newSection, type Section } from './settings.js'

/** Comments, strings, names, and the few signs that matter. An unclosed comment or string runs to the end: linear. */
const TOKEN =
  /\/\/[^\n]*|#[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*)|(["'`])((?:(?!\1)[^\\])*(?:\\[\s\S](?:(?!\1)[^\\])*)*)(?:\1|$)|[\p{L}_$][\w$.]*|=>|\|\||\?\?|[=:,;{}()[\]]/gu

interface Token {
  readonly kind: 'string' | 'name' | 'sign'
  readonly text: string
}

/**
 * Docusign's older starters keep their settings in source files: `ds_configuration.js`, `ds_config.py`,
 * `ds_config.php`. Nothing is run: pairs of a name and a written-out string are read off, brackets being sections.
 * `env.X || 'value'` counts as the value.
 *
 * @returns `null` where there is no such pair
 */
export function readSourceLiterals(text: string): Section | null {
  const tokens = tokensOf(text)
  const root = newSection()
  const open = [root]
  let name = ''
  let found = false
  tokens.forEach(({ kind, text: word }, at) => {
    const section = open.at(-1) ?? root
    if (/^[{[(]$/.test(word) && kind === 'sign') {
      const inner = newSection(name)
      section.sections.push(inner)
      open.push(inner)
      checkDepth(open.length)
    } else if (/^[}\])]$/.test(word) && kind === 'sign') {
      if (open.length > 1) open.pop()
    } else if (kind !== 'sign' && /^(=|:|=>)$/.test(tokens[at + 1]?.text ?? '') && tokens[at + 1]?.kind === 'sign') {
      name = word
      const value = valueAfter(tokens, at + 2)
      if (value === null) return
      found = true
      section.settings.push([word, value])
    }
  })
  return found ? root : null
}

/** The string that stands there, by itself or as what `||`, `??` and `or` fall back to. */
function valueAfter(tokens: readonly Token[], start: number): string | null {
  for (let at = start; at < start + 6; at += 1) {
    const token = tokens[at]
    if (token?.kind === 'string') return token.text
    if (!token || (token.kind === 'sign' && !/^(\|\||\?\?)$/.test(token.text))) return null
  }
  return null
}

function tokensOf(text: string): Token[] {
  return [...text.matchAll(TOKEN)].flatMap(([all, quote, content = '']): Token[] => {
    if (quote !== undefined) return [{ kind: 'string', text: content.replace(/\\(["'`\\])/g, '$1') }]
    if (/^(\/[/*]|#)/.test(all)) return []
    return [{ kind: /^[\p{L}_$]/u.test(all) ? 'name' : 'sign', text: all }]
  })
}
