import { SaxesParser } from 'saxes'
import { deskError } from '../desk-error.js'
import { newSection, type Section } from './settings.js'

/**
 * .NET's `App.config`: `<appSettings><add key="…" value="…"/></appSettings>`. The parser knows XML's five entities and
 * no others, and a document type is refused: nothing can be expanded or fetched.
 *
 * @returns `null` for a text that is no XML
 * @throws DeskError `import_unreadable` for broken XML
 */
export function readAppConfig(text: string): Section | null {
  if (!/^\s*</.test(text)) return null
  const section = newSection()
  const parser = new SaxesParser()
  const refuse = () => {
    throw deskError('import_unreadable', { message: 'This XML file is broken, or not one of settings.' })
  }
  parser.on('doctype', refuse)
  parser.on('error', refuse)
  parser.on('opentag', ({ name, attributes }) => {
    const { key, value } = attributes as Record<string, unknown>
    if (name === 'add' && typeof key === 'string' && typeof value === 'string') section.settings.push([key, value])
  })
  parser.write(text).close()
  return section
}
