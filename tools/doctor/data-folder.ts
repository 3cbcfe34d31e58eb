import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { repeatedPath } from '../../src/cli/output.js'
import { POINTER_FILE } from '../../src/shared/command-line.js'
import type { Finding } from './finding.js'

const DOCUMENTS = [
  'profiles.json',
  'vault.json',
  'settings.json',
  'key-use.json',
  'activity.json',
  'accounts.json',
  'copy-formats.json',
  'consents.json',
  'token-server.json',
]
/** What a write that was cut off leaves, until the next start. */
const LEFTOVER = [...DOCUMENTS, POINTER_FILE].map((name) => `${name}.tmp`)

/** Looks and changes nothing. Names files, never quotes what is in them. */
export function checkDataFolder(folder: string, platform: NodeJS.Platform): Finding[] {
  const called = repeatedPath(folder, 'The data folder')
  const id = `data:${called}`
  if (!existsSync(folder))
    return [{ id, level: 'ok', message: `${called} is not there yet: the first start makes it.` }]
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    if (!statSync(folder).isDirectory()) throw new Error('not a folder')
  } catch {
    const fix = 'See to it that the folder is one, belongs to you and may be written.'
    return [{ id, level: 'stop', message: `${folder} cannot be read and written.`, fix }]
  }
  const names = readdirSync(folder)
  const problems = [
    ...DOCUMENTS.filter((name) => names.includes(name)).flatMap((name) => checkDocument(folder, name, platform)),
    // Of a running app: made anew at each start, so nothing in it can be lost.
    ...(names.includes(POINTER_FILE) ? checkMode(join(folder, POINTER_FILE), platform) : []),
    ...listed(
      folder,
      'aside',
      names.filter((name) => name.includes('.corrupt-')),
      {
        what: 'was damaged and set aside',
        fix: 'Restore a backup if you have one, or delete it once nothing in it is missed.',
      },
    ),
    ...listed(
      folder,
      'leftover',
      names.filter((name) => LEFTOVER.includes(name)),
      {
        what: 'is left from a write that was cut off',
        fix: 'Start Token Desk: it deletes it.',
      },
    ),
  ]
  return problems.length > 0 ? problems : [{ id, level: 'ok', message: `${folder} is in order.` }]
}

function checkDocument(folder: string, name: string, platform: NodeJS.Platform): Finding[] {
  const path = join(folder, name)
  const id = `file:${path}`
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return [{ id, level: 'stop', message: `${path} cannot be read.`, fix: 'See to it that it belongs to you.' }]
  }
  const findings: Finding[] = []
  if (!isDocument(text)) {
    const fix = 'The next start sets it aside and begins anew. To restore a backup, put it in place before that.'
    findings.push({ id, level: 'warn', message: `${path} is damaged.`, fix })
  }
  return [...findings, ...checkMode(path, platform)]
}

function checkMode(path: string, platform: NodeJS.Platform): Finding[] {
  const mode = statSync(path).mode & 0o777
  // Windows has no such modes: its folder belongs to the user.
  if (platform === 'win32' || (mode & 0o077) === 0) return []
  const message = `${path} may be read by others (mode ${mode.toString(8)}).`
  return [{ id: `mode:${path}`, level: 'warn', message, fix: `chmod 600 '${path}'` }]
}

function isDocument(text: string): boolean {
  try {
    // As the app reads it: NULs behind a whole document do no harm.
    const value: unknown = JSON.parse(text.replace(/\0+$/, ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function listed(folder: string, id: string, names: string[], { what, fix }: { what: string; fix: string }): Finding[] {
  return names.map((name) => ({
    id: `${id}:${name}`,
    level: 'warn' as const,
    message: `${join(folder, name)} ${what}.`,
    fix,
  }))
}
