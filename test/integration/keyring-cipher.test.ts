import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createKeyVault } from '../../src/main/core/key-vault.js'
import { systemClock } from '../../src/main/core/system-clock.js'
import { createKeyringCipher } from '../../src/main/platform/keyring-cipher.js'
import { codeOf, failureOf } from '../helpers/errors.js'
import { anyKey, pkcs1Pem } from '../helpers/keys.js'
import { MemoryStore } from '../helpers/memory-store.js'
import { hasSecretService, type SecretService, startSecretService } from '../helpers/secret-service.js'

/** Against a real gnome-keyring. Each vault is made anew, as after a restart of the app: nothing stays open in it. */
describe.runIf(process.platform === 'linux' && hasSecretService())('keys in a real Secret Service', () => {
  const before = { ...process.env }
  const store = new MemoryStore()
  const vault = () =>
    createKeyVault({ store, ciphers: [createKeyringCipher('linux')], clock: systemClock, platform: 'linux' })
  const opens = (id: string) => vault().use(id, async (key) => pkcs1Pem(key) === pkcs1Pem(anyKey().privateKey))
  let service: SecretService
  let id: string
  beforeAll(async () => {
    service = await startSecretService()
    Object.assign(process.env, service.env)
  })
  afterAll(async () => {
    await service.close()
    process.env = before
  })

  it('several that begin at once use one and the same key of the keyring', async () => {
    const cipher = createKeyringCipher('linux')
    const secrets = Array.from({ length: 5 }, (_, index) => Buffer.alloc(32, index))
    const sealed = await Promise.all(secrets.map((secret) => cipher.seal(secret)))
    for (const [index, bytes] of sealed.entries()) {
      const { secret } = await createKeyringCipher('linux').open(bytes)
      expect(Buffer.from(secret).equals(secrets[index] ?? Buffer.alloc(0))).toBe(true)
    }
  })
  it('a key is sealed and opens after a restart of the app', async () => {
    const view = await vault().put(anyKey(), 'demo')
    ;({ id } = view)
    expect(view.protection).toBe('sealed')
    expect(await vault().status()).toMatchObject({
      state: 'sealed',
      summary: expect.stringContaining('Secret Service'),
    })
    expect(await opens(id)).toBe(true)
  })
  it('a restart of the daemon loses nothing', async () => {
    await service.stop()
    await service.start()
    expect(await opens(id)).toBe(true)
  })
  it('with the daemon gone the key is locked, named and kept; it opens when the daemon is back', async () => {
    const kept = structuredClone(store.document)
    await service.stop()
    expect(await failureOf(() => opens(id))).toMatchObject({
      code: 'key_locked',
      message: expect.stringContaining('Secret Service'),
    })
    expect(await vault().status()).toMatchObject({ state: 'memory-only' })
    expect(store.document).toEqual(kept)
    await service.start()
    expect(await opens(id)).toBe(true)
  })
  it('a locked keyring locks the key; unlocking opens it', async () => {
    service.lock()
    expect(await codeOf(() => opens(id))).toBe('key_locked')
    await service.unlock()
    expect(await opens(id)).toBe(true)
  })
})
