import { accessSync, constants } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, isAbsolute, join } from 'node:path'

/** The system's Chromium, Chrome or Edge, or null. `TOKENDESK_BROWSER` (a path, or a name in PATH) goes first. */
export function findBrowser(): string | null {
  const given = process.env.TOKENDESK_BROWSER
  if (given) {
    const found = isAbsolute(given) ? [given].find(isExecutable) : inPath([given])
    if (!found) throw new Error(`TOKENDESK_BROWSER names no program that can be run: ${given}`)
    return found
  }
  if (process.platform === 'darwin') return onMac() ?? null
  if (process.platform === 'win32') return onWindows() ?? null
  return inPath(LINUX_NAMES) ?? null
}

const LINUX_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
]

function inPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

function onMac(): string | undefined {
  const names = ['Chromium', 'Google Chrome', 'Microsoft Edge']
  const folders = ['/Applications', join(homedir(), 'Applications')]
  return names
    .flatMap((name) => folders.map((folder) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)))
    .find(isExecutable)
}

function onWindows(): string | undefined {
  const { LOCALAPPDATA, PROGRAMFILES, 'PROGRAMFILES(X86)': programFilesX86 } = process.env
  const folders = [PROGRAMFILES, programFilesX86, LOCALAPPDATA].filter((folder) => folder !== undefined)
  const programs = [
    join('Chromium', 'Application', 'chrome.exe'),
    join('Google', 'Chrome', 'Application', 'chrome.exe'),
    join('Microsoft', 'Edge', 'Application', 'msedge.exe'),
  ]
  return programs.flatMap((program) => folders.map((folder) => join(folder, program))).find(isExecutable)
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
