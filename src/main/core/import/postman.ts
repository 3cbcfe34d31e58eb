import { isRecord } from './json-text.js'
import { newSection, type Section } from './settings.js'

/** A Postman environment: `values`, a list of keys with values. Its tokens are of no interest here. */
export function readPostman(value: unknown): Section | null {
  if (!isRecord(value) || !Array.isArray(value.values)) return null
  const section = newSection(typeof value.name === 'string' ? value.name : '')
  for (const entry of value.values) {
    if (!isRecord(entry) || entry.enabled === false) continue
    if (typeof entry.key === 'string' && typeof entry.value === 'string')
      section.settings.push([entry.key, entry.value])
  }
  return section
}
