import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { listPackage } from '@electron/asar'
import { beforeAll, describe, expect, it } from 'vitest'
import { packagedBinary, readFuses } from '../../tools/fuses.js'

/**
 * The packager runs for real, on a stub in place of Electron's own files: what it puts into the archive and how it sets
 * the fuses does not depend on them. Packages of the real Electron are made, and read back, in the workflow.
 */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** As Electron comes: RunAsNode, NodeOptions, NodeCliInspect and file privileges on. */
const AS_SHIPPED = '101100011'
const DIST_FILES = [
  'LICENSE',
  'LICENSES.chromium.html',
  'chrome-sandbox',
  'chrome_crashpad_handler',
  'icudtl.dat',
  'libffmpeg.so',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
]

function makeStub(folder: string): void {
  for (const name of ['locales', 'resources']) mkdirSync(join(folder, name), { recursive: true })
  for (const name of DIST_FILES) writeFileSync(join(folder, name), '')
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '')
  const version = JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8')) as { version: string }
  writeFileSync(join(folder, 'version'), version.version)
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, AS_SHIPPED.length]), Buffer.from(AS_SHIPPED)])
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]), { mode: 0o755 })
}

// A Linux package is made on Linux; the workflow makes each system's own.
describe.skipIf(process.platform !== 'linux')('a package', () => {
  let output: string
  let stub: string
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'token-desk-package-'))
    stub = join(folder, 'electron')
    output = join(folder, 'dist')
    makeStub(stub)
    await promisify(execFile)(
      process.execPath,
      [
        join('node_modules', 'electron-builder', 'cli.js'),
        '--linux',
        'dir',
        '--publish',
        'never',
        `-c.electronDist=${stub}`,
        `-c.directories.output=${output}`,
      ],
      { env: { ...process.env, NO_UPDATE_NOTIFIER: '1' } },
    )
  }, 240_000)

  it('has every fuse as it is wanted, read back from the binary', async () => {
    expect((await readFuses(join(stub, 'electron'))).some(({ isAsWanted }) => !isAsWanted)).toBe(true)
    expect((await readFuses(packagedBinary(output))).filter(({ isAsWanted }) => !isAsWanted)).toEqual([])
  })

  describe('the archive', () => {
    const files = () =>
      listPackage(join(output, 'linux-unpacked', 'resources', 'app.asar'), { isPack: false }).map((path) =>
        path.replaceAll('\\', '/'),
      )
    it('holds the built app', () => {
      expect(files()).toEqual(
        expect.arrayContaining([
          '/package.json',
          '/LICENSE',
          '/out/main/index.js',
          '/out/preload/index.cjs',
          '/out/renderer/index.html',
        ]),
      )
    })
    it('and nothing else of the project: no sources, tests, maps, tools, settings or keys', () => {
      const own = files().filter((path) => !path.startsWith('/node_modules'))
      const allowed = /^\/(package\.json|LICENSE|out(\/(main|preload|renderer)(\/.*)?)?)$/
      expect(own.filter((path) => !allowed.test(path))).toEqual([])
      expect(files().filter((path) => /\.(map|env|pem|key)$/.test(path))).toEqual([])
    })
    it('with what main needs, and no tool', () => {
      const packages = files().flatMap(
        (path) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)\/package\.json$/.exec(path)?.[1] ?? [],
      )
      expect(packages).toEqual(expect.arrayContaining(['docusign-esign', 'electron-store', 'saxes', 'zod']))
      expect(packages.filter((name) => /electron-builder|vitest|vite|playwright|react|biome/.test(name))).toEqual([])
    })
    it('the native module lies beside it, where the system can load it', () => {
      expect(existsSync(join(output, 'linux-unpacked/resources/app.asar.unpacked/node_modules/@napi-rs/keyring'))).toBe(
        true,
      )
    })
  })
})
