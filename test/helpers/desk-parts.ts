import { systemClock } from '../../src/main/core/system-clock.js'
import type { DeskParts } from '../../src/main/desk/desk.js'
import { FakeCipher } from './fake-cipher.js'
import { MemoryStore } from './memory-store.js'
import { nodeFetch } from './simulated.js'

/** What a desk is made of in a test: real HTTP, documents in memory, nobody who listens. */
export const deskParts = (parts: Partial<DeskParts> = {}): DeskParts => ({
  profileStore: new MemoryStore(),
  vaultStore: new MemoryStore(),
  keyUseStore: new MemoryStore(),
  activityStore: new MemoryStore(),
  accountStore: new MemoryStore(),
  formatStore: new MemoryStore(),
  consentStore: new MemoryStore(),
  ciphers: [new FakeCipher()],
  clock: systemClock,
  fetch: nodeFetch,
  platform: 'linux',
  tokenChanged: () => {},
  profilesChanged: () => {},
  activityChanged: () => {},
  consentChanged: () => {},
  renewalFailed: () => {},
  ...parts,
})
