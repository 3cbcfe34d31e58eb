import { fingerprintOf } from '../../src/main/core/private-key.js'
import { createDesk, type Desk } from '../../src/main/desk/desk.js'
import { type OpenedStore, openDocumentStore } from '../../src/main/platform/document-store.js'
import { deskParts } from './desk-parts.js'
import { fixedCipher } from './fixed-cipher.js'

export interface DiskDesk {
  readonly desk: Desk
  readonly profiles: OpenedStore
  readonly vault: OpenedStore
}

/** A desk on real files, as boot puts it together, without a window. */
export function openDesk(folder: string): DiskDesk {
  const now = new Date()
  const open = (name: string) => openDocumentStore(folder, name, now)
  const profiles = open('profiles')
  const vault = open('vault')
  const desk = createDesk(
    deskParts({
      profileStore: profiles.store,
      vaultStore: vault.store,
      keyUseStore: open('key-use').store,
      activityStore: open('activity').store,
      ciphers: [fixedCipher],
      platform: process.platform,
    }),
  )
  return { desk, profiles, vault }
}

/** The fingerprint, by profile name, of each key that the desk can sign with. Fails where one cannot be used. */
export async function usableKeys(desk: Desk): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const profile of desk.profiles.list()) {
    if (profile.keyId === null) continue
    found[profile.name] = await desk.vault.use(profile.keyId, async (key) => fingerprintOf(key))
  }
  return found
}
