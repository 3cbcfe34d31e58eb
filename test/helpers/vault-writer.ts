import { createKeyVault } from '../../src/main/core/key-vault.js'
import { systemClock } from '../../src/main/core/system-clock.js'
import { openDocumentStore } from '../../src/main/platform/document-store.js'
import { fixedCipher } from './fixed-cipher.js'
import { anyKey } from './keys.js'

/**
 * Puts keys into a vault on disk, and tells of each once the vault says that it is kept. Killed from outside; where nobody
 * does, it ends by itself, so that a test that was given up leaves nothing running.
 */
const [folder = ''] = process.argv.slice(2)
const { store, setAside } = openDocumentStore(folder, 'vault', new Date())
if (setAside) console.log(`damaged ${setAside}`)
const vault = createKeyVault({ store, ciphers: [fixedCipher], clock: systemClock, platform: process.platform })
const key = anyKey()
const MOST = 2000
for (let made = 0; made < MOST; made += 1) {
  const { id } = await vault.put(key, 'demo')
  console.log(`kept ${id}`)
}
