/** Who has allowed which app which scopes. Consent is per user, integration key and scope. */
export interface Consents {
  grant(integrationKey: string, userId: string, scopes: readonly string[]): void
  covers(integrationKey: string, userId: string, scopes: readonly string[]): boolean
  clear(): void
}

export function createConsents(): Consents {
  const granted = new Map<string, Set<string>>()
  const nameOf = (integrationKey: string, userId: string) => `${integrationKey} ${userId}`.toLowerCase()
  return {
    grant(integrationKey, userId, scopes) {
      const name = nameOf(integrationKey, userId)
      granted.set(name, new Set([...(granted.get(name) ?? []), ...scopes]))
    },
    covers(integrationKey, userId, scopes) {
      const allowed = granted.get(nameOf(integrationKey, userId))
      return scopes.every((scope) => allowed?.has(scope) === true)
    },
    clear: () => granted.clear(),
  }
}
