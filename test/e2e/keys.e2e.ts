import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createJwtGrant } from '../../src/main/core/jwt-grant.js'
import { readPrivateKey } from '../../src/main/core/private-key.js'
import { systemClock } from '../../src/main/core/system-clock.js'
import { makeRsa, pkcs1Pem } from '../helpers/keys.js'
import { nodeFetch } from '../helpers/simulated.js'
import { type Desk, startDesk } from './driver.js'
import { alertIn, generate, openProfile, pasteKey, setScenario, statusIn } from './steps.js'

const { privateKey } = makeRsa()

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
  await openProfile(desk, 'Simulator')
})
afterAll(() => desk.quit())

/** What a file manager does when a file is let go over the window. */
async function drop(name: string, text: string): Promise<void> {
  await desk.page.evaluate(
    `(() => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}))
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    })()`,
  )
}

describe('a key comes in', () => {
  it('by paste, encrypted: the passphrase is asked for, a wrong one is told, the right one opens', async () => {
    const { page } = desk
    const encrypted = privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'open sesame',
    })
    await page.getByRole('button', { name: 'Rotate key' }).click()
    await page.getByRole('button', { name: 'Paste key' }).click()
    await page.getByLabel('Private key', { exact: true }).fill(encrypted.toString())
    await page.getByRole('button', { name: 'Use this key' }).click()
    const dialog = page.getByRole('dialog', { name: 'This key is encrypted' })
    await dialog.getByLabel('Passphrase').fill('wrong')
    await dialog.getByRole('button', { name: 'Unlock key' }).click()
    await dialog.getByRole('alert').getByText('key_passphrase_wrong').waitFor()
    await dialog.getByLabel('Passphrase').fill('open sesame')
    await dialog.getByRole('button', { name: 'Unlock key' }).click()
    await statusIn(desk, /Key loaded/)
    await generate(desk)
    await statusIn(desk, /Token generated/)
  })
  it('by drag and drop, and the repair is told', async () => {
    await drop('private.key', pkcs1Pem(makeRsa().privateKey).replaceAll('\n', '\\n'))
    await statusIn(desk, /Key loaded. Repaired: .*line breaks/)
  })
  it('what is dropped and is no key is named', async () => {
    await drop('notes.txt', 'nothing of interest')
    expect(await alertIn(desk)).toContain('key_unreadable')
    await drop('huge.bin', 'x'.repeat(70_000))
    await desk.page.getByText('key_file_too_large').waitFor()
  })
  it('that is here already is stored anew only on request', async () => {
    const { page } = desk
    const before = await page.locator('.key-line code').allInnerTexts()
    await drop('again.pem', pkcs1Pem(privateKey))
    await page
      .getByRole('alertdialog', { name: 'Store this key anew?' })
      .getByRole('button', { name: 'Cancel' })
      .click()
    expect(await page.locator('.key-line code').allInnerTexts()).toEqual(before)
    await drop('again.pem', pkcs1Pem(privateKey))
    await page.getByRole('alertdialog').getByRole('button', { name: 'Store key anew' }).click()
    await statusIn(desk, /Key loaded/)
  })
  it('and goes: without it the profile says what is missing', async () => {
    const { page } = desk
    for (let left = await page.locator('.key-row').count(); left > 1; left -= 1) {
      await page
        .getByRole('button', { name: /^Retire [0-9a-f]/ })
        .first()
        .click()
      await page.getByRole('alertdialog').getByRole('button', { name: 'Retire key' }).click()
      await statusIn(desk, /Key retired/)
    }
    await page.getByRole('button', { name: 'Remove key' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove key' }).click()
    await statusIn(desk, /Key removed/)
    await generate(desk)
    expect(await alertIn(desk)).toContain('key_missing')
    await pasteKey(desk, pkcs1Pem(privateKey))
    await statusIn(desk, /Key loaded/)
    // What was mended is no longer complained of.
    await page.getByText('key_missing').waitFor({ state: 'detached' })
    await generate(desk)
    await statusIn(desk, /Token generated/)
  })
})

describe('a key pair is rotated', () => {
  it('by the guide: load, verify, activate, retire', async () => {
    const { page } = desk
    const guide = page.getByRole('region', { name: 'Key rotation' })
    const old = await page.locator('.key-line code').innerText()
    await page.getByRole('button', { name: 'Rotate key' }).click()
    await pasteKey(desk, pkcs1Pem(makeRsa().privateKey))
    await statusIn(desk, /Key loaded/)
    // The simulator does not know it, as it were: the present key goes on.
    await setScenario(desk, 'wrong-key')
    await guide.getByRole('button', { name: 'Verify new key' }).click()
    expect(await alertIn(desk)).toContain('signature_rejected')
    await setScenario(desk, 'normal')
    await guide.getByRole('button', { name: 'Verify new key' }).click()
    await statusIn(desk, /The new key works/)
    await guide.getByRole('button', { name: 'Activate new key' }).click()
    await statusIn(desk, /Key activated/)
    await guide.getByRole('button', { name: 'Retire old key' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Retire key' }).click()
    await statusIn(desk, /Key retired/)
    await guide.waitFor({ state: 'detached' })
    expect(await page.locator('.key-line code').innerText()).not.toBe(old)
    await generate(desk)
    await statusIn(desk, /Token generated/)
  })
})

describe('the process', () => {
  it('killed, it starts again with its profiles', async () => {
    const { userData } = desk
    await desk.kill()
    desk = await startDesk(userData)
    await openProfile(desk, 'Simulator')
    await generate(desk)
    await statusIn(desk, /Token generated/)
  })
})

it('the simulator runs by itself and grants a token to the key it made', async () => {
  const child = spawn(process.execPath, [join('out', 'main', 'simulator.js'), '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  for await (const chunk of child.stdout) {
    output += chunk
    if (output.includes('Private key')) break
  }
  const shown = (label: string) => new RegExp(`${label} +(\\S+)`).exec(output)?.[1] ?? ''
  const key = readPrivateKey(readFileSync(shown('Private key')))
  if (key.kind !== 'ready') throw new Error('the simulator made an encrypted key')
  const requestToken = createJwtGrant({ fetch: nodeFetch, clock: systemClock })
  const { lifetimeMs } = await requestToken(
    {
      oauthHost: shown('OAuth host'),
      integrationKey: shown('Integration key'),
      userId: shown('User ID'),
      scopes: ['signature', 'impersonation'],
      assertionLifetimeS: 600,
    },
    key.privateKey,
    new AbortController().signal,
  )
  expect(lifetimeMs).toBe(3_600_000)
  child.kill()
  expect((await once(child, 'exit'))[0]).toBe(0)
})
