import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pathWithCli, runProgram } from '../helpers/cli.js'
import { anyKey, pkcs1Pem } from '../helpers/keys.js'
import { type Simulated, simulated } from '../helpers/simulated.js'
import { type Desk, startDesk } from './driver.js'
import { openProfile, serveOnFreePort, serveProfile } from './steps.js'

/** README's examples, word for word, but for the port: 8000 may be somebody's on this computer. */
const [, chapter = ''] = readFileSync('README.md', 'utf8').split('\n## A live token wherever it is needed\n')
const [text = ''] = chapter.split('\n## ')
const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block)
const hasCurl = spawnSync('curl', ['--version']).status === 0

describe.skipIf(process.platform === 'win32')('README’s examples run', () => {
  let desk: Desk
  let other: Simulated
  let env: Readonly<Record<string, string>>
  let port: number

  beforeAll(async () => {
    desk = await startDesk()
    await openProfile(desk, 'Simulator')
    port = await serveOnFreePort(desk)
    const secret = await serveProfile(desk)
    other = await simulated()
    const folder = mkdtempSync(join(tmpdir(), 'token-desk-readme-'))
    const keyFile = join(folder, 'private-key.pem')
    writeFileSync(keyFile, pkcs1Pem(anyKey().privateKey), { mode: 0o600 })
    env = {
      PATH: pathWithCli(),
      TOKENDESK_USER_DATA: desk.userData,
      TOKEN_DESK_SECRET: secret,
      SIMULATOR_HOST: other.simulator.host,
      INTEGRATION_KEY: other.request.integrationKey,
      USER_ID: other.request.userId ?? '',
      KEY_FILE: keyFile,
    }
  })
  afterAll(async () => {
    await other.simulator.close()
    await desk.quit()
  })

  it('there are some', () => {
    expect(blocks.length).toBeGreaterThanOrEqual(7)
  })
  it.each(blocks.map((block) => [block.split('\n')[0] ?? '', block]))('%s', async (_first, block) => {
    if (!hasCurl && block.includes('curl')) return void console.warn('No curl here: an example was not run')
    const script = block.replaceAll(':8000', `:${port}`)
    // With a socket at its input bash takes itself for a remote shell, and reads the machine's own settings.
    const { code, stdout, stderr } = await runProgram('bash', ['--norc', '-euo', 'pipefail', '-c', script], { env })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    if (block.includes('docusignAuthkey')) expect(JSON.parse(stdout)).toMatchObject({ success: true })
    else if (!block.includes('/dev/null')) expect(stdout.trim()).not.toBe('')
  })
})
