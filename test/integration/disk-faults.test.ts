import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AppError } from '../../src/shared/result.js'
import { openDesk, usableKeys } from '../helpers/disk-desk.js'
import { codeOf } from '../helpers/errors.js'

const OUT = join('out', 'test')
const isRoot = process.getuid?.() === 0
/** Nobody, who owns nothing but what a test gives to them. */
const NOBODY = 65_534

interface Line {
  readonly opened?: true
  readonly saved?: string
  readonly fingerprint?: string
  readonly renamed?: string
  readonly to?: string
  readonly refused?: AppError
  readonly thrown?: string
  readonly usable?: Record<string, string>
}

beforeAll(async () => {
  await build({
    logLevel: 'warn',
    build: { ssr: join('test', 'helpers', 'disk-writer.ts'), outDir: OUT, emptyOutDir: false, target: 'node20' },
  })
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-desk-disk-'))
})

interface Limits {
  /** No file of the process may grow beyond it: a disk that is full from there on. */
  readonly fileBytes?: number
  readonly user?: number | undefined
}

/** Runs the writer and returns what it said that it did. */
function write(count: number, { fileBytes, user }: Limits = {}): Line[] {
  const args = [join(OUT, 'disk-writer.js'), folder, String(count), user === undefined ? '' : String(user)]
  // POSIX counts `ulimit -f` in 512 octets. The signal that comes with it is ignored, so the write fails instead.
  const limit = fileBytes === undefined ? '' : `trap '' XFSZ; ulimit -f ${Math.floor(fileBytes / 512)}; `
  const { stdout, stderr, status } = spawnSync('sh', ['-c', `${limit}exec "$@"`, 'sh', process.execPath, ...args], {
    encoding: 'utf8',
  })
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 })
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line)
}

/** What the desk has said that it saved, as the next start must find it: fingerprints by profile name. */
function claimed(lines: readonly Line[]): Record<string, string> {
  const keys: Record<string, string> = {}
  for (const { saved, fingerprint, renamed, to } of lines) {
    if (saved && fingerprint) keys[saved] = fingerprint
    if (renamed && to && renamed !== to && keys[renamed]) {
      keys[to] = keys[renamed]
      delete keys[renamed]
    }
  }
  return keys
}

const refusals = (lines: readonly Line[]) => lines.flatMap(({ refused }) => (refused ? [refused] : []))
const atRest = () => readdirSync(folder).sort()
const contents = () => atRest().map((name) => [name, readFileSync(join(folder, name), 'utf8')])
const sizeOf = (name: string) => statSync(join(folder, name)).size

/** A new start finds exactly what was claimed, can use it all, and holds no key beyond. */
async function expectAfterRestart(keys: Record<string, string>): Promise<void> {
  const { desk, profiles, vault } = openDesk(folder)
  expect([profiles.setAside, vault.setAside]).toEqual([null, null])
  expect(await usableKeys(desk)).toEqual(keys)
  expect(Object.keys(vault.store.read().keys ?? {})).toHaveLength(Object.keys(keys).length)
  expect(atRest()).toEqual(['profiles.json', 'vault.json'])
}

/** `save_failed`, in the catalogue's words: nothing of the system's error, of a path or of a key. */
function expectPlain(errors: readonly AppError[]): void {
  for (const error of errors)
    expect(error).toEqual({
      code: 'save_failed',
      message: 'Nothing was saved: the disk refused.',
      hint: expect.stringContaining('Free some space'),
      retryable: true,
    })
}

describe.skipIf(process.platform === 'win32')('a disk that is full', () => {
  it('before a key is through: what was said to be saved is there after a restart, and no more', async () => {
    const before = claimed(write(3))
    // Room for two keys more and a piece of the third.
    const keyBytes = sizeOf('vault.json') / 3
    const lines = write(5, { fileBytes: sizeOf('vault.json') + 2.5 * keyBytes })
    expect(lines.filter(({ saved }) => saved)).toHaveLength(2)
    expect(refusals(lines)).toHaveLength(1)
    expectPlain(refusals(lines))
    const after = claimed([...asLines(before), ...lines])
    expect(Object.keys(after)).toHaveLength(5)
    expect(lines.find(({ usable }) => usable)?.usable).toEqual(after)
    await expectAfterRestart(after)
    // Once there is room again, saving goes on.
    await expectAfterRestart(claimed([...asLines(after), ...write(2)]))
  })
  it('for the profile, but not for its key: the key is taken back', async () => {
    const before = claimed(write(2))
    const document = JSON.parse(readFileSync(join(folder, 'profiles.json'), 'utf8'))
    // A field of a newer version, which makes this file the larger one.
    writeFileSync(join(folder, 'profiles.json'), JSON.stringify({ ...document, future: 'x'.repeat(100_000) }))
    const lines = write(1, { fileBytes: 101_000 })
    // Neither the new profile nor the new name of the old one.
    expect(refusals(lines)).toHaveLength(2)
    expectPlain(refusals(lines))
    await expectAfterRestart(before)
  })
  it('from the first byte on: nothing is there, nothing was claimed', async () => {
    const lines = write(1, { fileBytes: 0 })
    expect(claimed(lines)).toEqual({})
    expectPlain(refusals(lines))
    expect(refusals(lines)).toHaveLength(1)
    expect(atRest()).toEqual([])
  })
})

const asLines = (keys: Record<string, string>): Line[] =>
  Object.entries(keys).map(([saved, fingerprint]) => ({ saved, fingerprint }))

/** The system's own ENOSPC, where this process may mount a small disk of its own. */
describe.skipIf(!mayMount())('a small disk of its own', () => {
  let full = ''
  beforeEach(() => {
    full = folder
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=96k', 'tmpfs', full])
  })
  afterEach(() => {
    execFileSync('umount', [full])
  })
  it('that runs full keeps every key that was said to be saved', async () => {
    const lines = write(100)
    expect(refusals(lines).length).toBeGreaterThan(0)
    expectPlain(refusals(lines))
    const keys = claimed(lines)
    expect(Object.keys(keys).length).toBeGreaterThan(3)
    const { desk } = openDesk(folder)
    expect(await usableKeys(desk)).toEqual(keys)
    expect(atRest()).toEqual(['profiles.json', 'vault.json'])
  })
})

function mayMount(): boolean {
  if (process.platform !== 'linux' || !isRoot) return false
  const probe = mkdtempSync(join(tmpdir(), 'token-desk-mount-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe]).status === 0
  if (mounted) execFileSync('umount', [probe])
  rmSync(probe, { recursive: true, force: true })
  return mounted
}

describe.skipIf(process.platform === 'win32')('a data folder that may only be read', () => {
  /** Root may write anywhere, so the writer becomes somebody else, whose folder it then is. */
  const user = isRoot ? NOBODY : undefined
  function lock(mode: number): void {
    if (isRoot)
      for (const path of [folder, ...atRest().map((name) => join(folder, name))]) chownSync(path, NOBODY, NOBODY)
    chmodSync(folder, mode)
  }
  afterEach(() => chmodSync(folder, 0o700))

  it('serves every key that is in it, saves nothing and says so', async () => {
    const before = claimed(write(3))
    lock(0o500)
    const files = contents()
    const lines = write(1, { user })
    expect(refusals(lines)).toHaveLength(2)
    expectPlain(refusals(lines))
    expect(lines.find(({ usable }) => usable)?.usable).toEqual(before)
    expect(contents()).toEqual(files)
    chmodSync(folder, 0o700)
    await expectAfterRestart(before)
  })
  it('with a damaged vault in it: that is not opened as an empty one', async () => {
    write(1)
    writeFileSync(join(folder, 'vault.json'), '{"keys": {"half')
    lock(0o500)
    const files = contents()
    expect(refusals(write(1, { user })).map(({ code }) => code)).toEqual(['load_failed'])
    expect(contents()).toEqual(files)
  })
  it('or not even looked into: that is not taken for a first start', async () => {
    const before = claimed(write(2))
    lock(0o000)
    const lines = write(1, { user })
    expect(refusals(lines).map(({ code }) => code)).toEqual(['load_failed'])
    expect(lines).toHaveLength(1)
    chmodSync(folder, 0o700)
    await expectAfterRestart(before)
  })
})

describe('a vault', () => {
  const vaultPath = () => join(folder, 'vault.json')
  let keys: Record<string, string>
  let whole: string
  beforeEach(() => {
    keys = claimed(write(2))
    whole = readFileSync(vaultPath(), 'utf8')
  })

  it.each<[string, (text: string) => string]>([
    ['half-written', (text) => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['overwritten with NULs', (text) => '\0'.repeat(text.length)],
    ['cut off, and filled up with NULs', (text) => text.slice(0, -100) + '\0'.repeat(100)],
    ['another kind of file', () => '\u0089PNG\r\n'],
    ['a list', () => '[]'],
  ])('that is %s is set aside under a dated name, byte for byte, and told', async (_name, damage) => {
    const damaged = damage(whole)
    writeFileSync(vaultPath(), damaged)
    const { desk, vault } = openDesk(folder)
    expect(vault.setAside).toMatch(/^vault\.json\.corrupt-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/)
    const aside = join(folder, vault.setAside ?? '')
    expect(readFileSync(aside, 'utf8')).toBe(damaged)
    // The profiles are as they were, and say that they have no key.
    expect(desk.profiles.list().map((profile) => desk.view(profile).key)).toEqual([null, null])
    // A backup put in its place opens all keys again, and what was set aside stays, whatever is saved.
    writeFileSync(vaultPath(), whole)
    expect(await usableKeys(openDesk(folder).desk)).toEqual(keys)
    expect(write(1).filter(({ saved }) => saved)).toHaveLength(1)
    expect(readFileSync(aside, 'utf8')).toBe(damaged)
  })
  it('that is whole, with NULs behind it, is read: no key is lost to a power cut', async () => {
    writeFileSync(vaultPath(), whole + '\0'.repeat(4096))
    await expectAfterRestart(keys)
    const more = claimed([...asLines(keys), ...write(1)])
    expect(readFileSync(vaultPath(), 'utf8')).not.toContain('\0')
    await expectAfterRestart(more)
  })
  it('that is a folder is left alone, and nothing is opened in its stead', async () => {
    rmSync(vaultPath())
    mkdirSync(vaultPath())
    writeFileSync(join(vaultPath(), 'mine'), 'mine')
    expect(await codeOf(() => openDesk(folder))).toBe('load_failed')
    expect(refusals(write(1))).toEqual([expect.objectContaining({ code: 'load_failed' })])
    expect(readFileSync(join(vaultPath(), 'mine'), 'utf8')).toBe('mine')
    rmSync(vaultPath(), { recursive: true })
    writeFileSync(vaultPath(), whole)
    await expectAfterRestart(keys)
  })
  it.skipIf(process.platform === 'win32')(
    'that lies elsewhere is written there, and a link that leads nowhere now is no first start',
    async () => {
      const elsewhere = mkdtempSync(join(tmpdir(), 'token-desk-elsewhere-'))
      renameSync(vaultPath(), join(elsewhere, 'keys.json'))
      symlinkSync(join(elsewhere, 'keys.json'), vaultPath())
      const more = claimed([...asLines(keys), ...write(1)])
      expect(lstatSync(vaultPath()).isSymbolicLink()).toBe(true)
      await expectAfterRestart(more)
      renameSync(join(elsewhere, 'keys.json'), join(elsewhere, 'unplugged.json'))
      expect(await codeOf(() => openDesk(folder))).toBe('load_failed')
      renameSync(join(elsewhere, 'unplugged.json'), join(elsewhere, 'keys.json'))
      await expectAfterRestart(more)
      expect(readdirSync(elsewhere)).toEqual(['keys.json'])
    },
  )
  it('is not disturbed by what a write that was cut off left beside it, and that goes', async () => {
    writeFileSync(`${vaultPath()}.tmp`, whole.slice(0, 100))
    await expectAfterRestart(keys)
  })
})
