import { deskError } from '../desk-error.js'

/** What every format comes down to: named values, in sections where the format has such. */
export interface Section {
  /** Its name in the file; empty for the file itself and for entries of a list. */
  readonly label: string
  readonly settings: (readonly [name: string, value: string])[]
  readonly sections: Section[]
}

export const newSection = (label = ''): Section => ({ label, settings: [], sections: [] })

/** Docusign's own files are five deep. */
const MAX_DEPTH = 32

/** @throws DeskError `import_unreadable` below the depth that any configuration has */
export function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH)
    throw deskError('import_unreadable', { message: 'This file is nested too deeply to be a configuration.' })
}

/** A section's own settings and those of all below it. */
export function flatten({ label, settings, sections }: Section): Section {
  const flat = newSection(label)
  const add = (prefix: string, section: Section): void => {
    for (const [name, value] of section.settings) flat.settings.push([`${prefix}${name}`, value])
    for (const child of section.sections) add(`${prefix}${child.label}.`, child)
  }
  add('', { label, settings, sections })
  return flat
}
