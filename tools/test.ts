import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { isOnPath } from '../test/helpers/on-path.js'
import { hasSecretService } from '../test/helpers/secret-service.js'
import { aptInstall, canApt } from './apt.js'
import { findElectron } from './electron-binary.js'
import { findBrowser } from './find-browser.js'
import { installBrowser } from './install-browser.js'

/** `npm test`: everything, in order, with the sum and the host at the end. Nothing is skipped without being counted. */

interface Step {
  readonly name: string
  readonly args: readonly string[]
  /** Vitest's own count, where the step has one. */
  readonly report?: string
}
interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
}

const folder = mkdtempSync(join(tmpdir(), 'token-desk-test-run-'))
const bin = (path: string) => join('node_modules', path)
const suite = (project: string): Step => {
  const report = join(folder, `${project}.json`)
  const args = [
    bin('vitest/vitest.mjs'),
    'run',
    '--project',
    project,
    '--reporter',
    'default',
    '--reporter',
    'json',
    '--outputFile.json',
    report,
  ]
  return { name: `${project} tests`, args, report }
}
const steps: readonly Step[] = [
  { name: 'type check (main, preload, tools, tests)', args: [bin('typescript/bin/tsc'), '-p', 'tsconfig.node.json'] },
  { name: 'type check (renderer)', args: [bin('typescript/bin/tsc'), '-p', 'tsconfig.web.json'] },
  { name: 'lint', args: [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'] },
  suite('unit'),
  suite('integration'),
  suite('e2e'),
]

const only = process.argv.slice(2)
const chosen = steps.filter(({ name }) => only.length === 0 || only.some((word) => name.includes(word)))
// Before the clock of the first test runs: a fresh Debian machine has no browser yet.
if (chosen.some(({ name }) => name.startsWith('e2e')) && !findElectron(process.cwd()) && !findBrowser())
  installBrowser()

// The vault's tests need a real Secret Service, those of the completion the shells themselves; where they cannot be
// installed the tests are counted as skipped.
const wanted = [
  ...(hasSecretService() ? [] : ['gnome-keyring', 'dbus', 'libglib2.0-bin']),
  ...['zsh', 'fish'].filter((shell) => !isOnPath(shell)),
]
if (wanted.length > 0 && canApt()) aptInstall(wanted)

const lines: string[] = []
let [passed, failed, skipped] = [0, 0, 0]
let broken = false

for (const { name, args, report } of chosen) {
  console.log(`\n── ${name}`)
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  const counts = report === undefined ? null : readReport(report)
  passed += counts?.numPassedTests ?? 0
  failed += counts?.numFailedTests ?? 0
  skipped += counts?.numPendingTests ?? 0
  broken ||= status !== 0 || (report !== undefined && (counts?.numPassedTests ?? 0) === 0)
  const sum = counts
    ? `${counts.numPassedTests} passed, ${counts.numFailedTests} failed, ${counts.numPendingTests} skipped`
    : ''
  lines.push(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(42)} ${sum}`)
}

const host = readText(join('test-results', 'host.txt'))
console.log(`\n${lines.join('\n')}`)
if (host) console.log(`\nEnd to end ran in: ${host.trim()}`)
console.log(`Node ${process.version} on ${process.platform}`)
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(broken ? 1 : 0)

function readReport(path: string): Report | null {
  const text = readText(path)
  return text ? (JSON.parse(text) as Report) : null
}
function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
