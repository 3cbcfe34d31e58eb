import { createPublicKey, type KeyObject } from 'node:crypto'

/** An app as Apps and Keys would hold it: its integration key, public keys, and the users it may act for. */
export interface Registration {
  readonly integrationKey: string
  /** SPKI PEM. */
  readonly publicKeyPems: readonly string[]
  readonly userIds: readonly string[]
  readonly redirectUris: readonly string[]
}

export interface Registry {
  /** Replaces everything known. Registrations of the same integration key are merged. */
  replace(registrations: readonly Registration[]): void
  find(integrationKey: string): RegisteredApp | undefined
}

export interface RegisteredApp {
  readonly publicKeys: readonly KeyObject[]
  readonly userIds: ReadonlySet<string>
  readonly redirectUris: ReadonlySet<string>
}

export function createRegistry(): Registry {
  let apps = new Map<string, RegisteredApp>()
  return {
    replace(registrations) {
      apps = new Map()
      for (const { integrationKey, publicKeyPems, userIds, redirectUris } of registrations) {
        const present = apps.get(integrationKey.toLowerCase())
        apps.set(integrationKey.toLowerCase(), {
          publicKeys: [...(present?.publicKeys ?? []), ...publicKeyPems.map((pem) => createPublicKey(pem))],
          userIds: new Set([...(present?.userIds ?? []), ...userIds.map((id) => id.toLowerCase())]),
          redirectUris: new Set([...(present?.redirectUris ?? []), ...redirectUris]),
        })
      }
    },
    find: (integrationKey) => apps.get(integrationKey.toLowerCase()),
  }
}
