import { isRecord } from './json-text.js'
import { checkDepth, newSection, type Section } from './settings.js'

/** `appsettings.json`, `jwtConfig.json`, `application.json`: objects are sections, whatever their names. */
export function readJsonSettings(value: unknown): Section | null {
  if (typeof value !== 'object' || value === null) return null
  return sectionOf('', value, 0)
}

function sectionOf(label: string, value: object, depth: number): Section {
  checkDepth(depth)
  const section = newSection(label)
  const isList = Array.isArray(value)
  for (const [name, inner] of Object.entries(value)) {
    if (typeof inner === 'string') section.settings.push([name, inner])
    else if (Array.isArray(inner) && inner.every((item) => typeof item === 'string')) {
      section.settings.push([name, inner.join(' ')])
    } else if (isRecord(inner) || Array.isArray(inner)) {
      section.sections.push(sectionOf(isList ? '' : name, inner, depth + 1))
    }
  }
  return section
}
