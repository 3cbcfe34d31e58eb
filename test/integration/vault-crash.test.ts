import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'
import { createKeyVault } from '../../src/main/core/key-vault.js'
import { systemClock } from '../../src/main/core/system-clock.js'
import { openDocumentStore } from '../../src/main/platform/document-store.js'
import { fixedCipher } from '../helpers/fixed-cipher.js'

const OUT = join('out', 'test')
const WRITES = 200

beforeAll(async () => {
  await build({
    logLevel: 'warn',
    build: { ssr: join('test', 'helpers', 'vault-writer.ts'), outDir: OUT, emptyOutDir: false, target: 'node20' },
  })
})

/** Runs the writer on `folder`, kills it after `writes` keys and a moment more, and returns what it said. */
async function writeAndKill(folder: string, writes: number, momentMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [join(OUT, 'vault-writer.js'), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  let said = ''
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += chunk
      if (said.split('kept ').length > writes) resolve()
    })
    child.once('exit', () => resolve())
  })
  // A write takes about a millisecond: somewhere within the next few.
  await new Promise((resolve) => setTimeout(resolve, momentMs))
  child.kill('SIGKILL')
  await gone
  return said.split('\n').filter(Boolean)
}

describe('a vault whose process is killed while it writes', () => {
  it(`has every key that it said it kept, over ${WRITES} writes and more`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'token-desk-crash-'))
    const kept: string[] = []
    for (let round = 0; kept.length < WRITES; round += 1) {
      const lines = await writeAndKill(folder, 8, round % 7)
      expect(lines.filter((line) => !line.startsWith('kept '))).toEqual([])
      // The last line may have been cut by the kill.
      kept.push(...lines.map((line) => line.slice('kept '.length)).filter((id) => id.length === 36))
    }
    const { store, setAside } = openDocumentStore(folder, 'vault', new Date())
    expect(setAside).toBeNull()
    const vault = createKeyVault({ store, ciphers: [fixedCipher], clock: systemClock, platform: process.platform })
    for (const id of kept) expect(vault.view(id), id).not.toBeNull()
    const [last = ''] = kept.slice(-1)
    expect(await vault.use(last, async ({ asymmetricKeyType }) => asymmetricKeyType)).toBe('rsa')
    // Nothing was set aside, and what the killed writes left is gone.
    expect(readdirSync(folder)).toEqual(['vault.json'])
  })
})
