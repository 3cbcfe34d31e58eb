import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findElectron } from '../../tools/electron-binary.js'
import { openDesk } from '../helpers/disk-desk.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { profileInput } from '../helpers/profile-input.js'
import { type Desk, poll, startDesk } from './driver.js'
import { generate, openProfile, statusIn } from './steps.js'

// That the window is asked to come up stands in test/unit/platform/second-start.test.ts: without a display none can.
describe('a second start on the same data folder', () => {
  const userData = mkdtempSync(join(tmpdir(), 'token-desk-e2e-'))
  let desk: Desk
  beforeAll(async () => {
    const { desk: before } = openDesk(userData)
    const { stagedKeyId } = before.keyDesk.stage(pkcs1Pem(makeRsa().privateKey))
    await before.saveProfile(profileInput({ name: 'Demo', stagedKeyId }))
    await before.saveProfile(profileInput({ name: 'Simulated', environment: 'simulator' }))
    desk = await startDesk(userData)
    await desk.page.getByRole('button', { name: 'Settings' }).click()
    await desk.page.getByLabel('Ask each time before a production token is copied or revealed').check()
    await poll(async () => (existsSync(join(userData, 'settings.json')) ? true : undefined))
    await desk.page.keyboard.press('Escape')
  })
  afterAll(() => desk?.quit())

  /** The app's files: what they hold, and that they were not even written again. */
  const files = () =>
    readdirSync(userData)
      .filter((name) => /^(profiles|vault|settings)\./.test(name))
      .sort()
      .map((name) => {
        const path = join(userData, name)
        const { ino, mtimeMs, mode } = statSync(path)
        return { name, ino, mtimeMs, mode, sha256: createHash('sha256').update(readFileSync(path)).digest('hex') }
      })

  function startAgain(): Promise<{ code: number | null; output: string }> {
    const electron = findElectron(process.cwd())
    const [program, entry] = electron ? [electron, '.'] : [process.execPath, join('out', 'tools', 'browser-host.js')]
    const second = spawn(program, electron && process.getuid?.() === 0 ? ['--no-sandbox', entry] : [entry], {
      env: { ...process.env, TOKENDESK_USER_DATA: userData, TOKENDESK_HEADLESS: '1' },
    })
    let output = ''
    for (const stream of [second.stdout, second.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
      })
    }
    return once(second, 'exit').then(([code]) => ({ code, output }))
  }

  it('ends by itself, reaches the first one, and touches none of its files', async () => {
    const before = files()
    expect(before.map(({ name }) => name)).toEqual(['profiles.json', 'settings.json', 'vault.json'])
    // Two at once, as an impatient double click has it.
    const ended = await Promise.all([startAgain(), startAgain()])
    expect(ended.map(({ code }) => code)).toEqual([0, 0])
    if (desk.host === 'browser') {
      for (const { output } of ended) expect(output).toContain('already running with this data folder')
      // The first one has read both calls.
      await poll(async () =>
        readdirSync(join(userData, 'browser-host')).some((name) => name.startsWith('second-start-')) ? undefined : true,
      )
    }
    expect(files()).toEqual(before)
  })
  it('leaves the first one working, and saving', async () => {
    await openProfile(desk, 'Simulated')
    await generate(desk)
    await statusIn(desk, /Token generated/)
    const vaultBefore = files().find(({ name }) => name === 'vault.json')
    await openProfile(desk, 'Demo')
    await poll(async () => {
      const { selectedId, profiles } = JSON.parse(readFileSync(join(userData, 'profiles.json'), 'utf8'))
      return profiles.find(({ id }: { id: string }) => id === selectedId)?.name === 'Demo' ? true : undefined
    })
    expect(files().find(({ name }) => name === 'vault.json')).toEqual(vaultBefore)
  })
})
