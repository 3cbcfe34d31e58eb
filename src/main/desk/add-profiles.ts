import type { ProfileInput } from '../../shared/views.js'
import type { ParsedKey } from '../core/private-key.js'
import type { Desk } from './desk.js'

export type ProfileAdder = Pick<Desk, 'profiles' | 'vault' | 'simulator'>

/**
 * Saves new profiles with their keys, all of them or none. Keys first: a sealed record that nothing names does no harm,
 * a profile that names a missing key would.
 *
 * @returns the ids, in order
 * @throws DeskError `profile_invalid`, `save_failed`; nothing changed then
 */
export async function addProfiles(
  { profiles, vault, simulator }: ProfileAdder,
  entries: readonly { readonly input: ProfileInput; readonly key: ParsedKey | null }[],
): Promise<string[]> {
  const keyIds: string[] = []
  try {
    const withKeyIds: { input: ProfileInput; keyId: string | null }[] = []
    for (const { input, key } of entries) {
      const keyId = key && (await vault.put(key, input.environment)).id
      if (keyId !== null) keyIds.push(keyId)
      withKeyIds.push({ input, keyId })
    }
    const saved = profiles.together(() =>
      withKeyIds.map(
        ({ input, keyId }) => profiles.save(input, keyId === null ? undefined : { keyIds: [keyId], keyId }).id,
      ),
    )
    simulator.refresh()
    return saved
  } catch (thrown) {
    for (const keyId of keyIds) removeQuietly(keyId)
    throw thrown
  }

  function removeQuietly(keyId: string): void {
    try {
      vault.remove(keyId)
    } catch {
      // The disk refuses. A sealed record that nothing names does no harm.
    }
  }
}
