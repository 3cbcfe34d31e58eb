import type { KeyView, ProfileView } from '../../../shared/views.js'

/**
 * How far a profile is on the way from one key pair to the next. Nothing of it is stored: it follows from the keys, so
 * a rotation may take weeks and survives every restart.
 */
export type Rotation =
  | { readonly step: 'none' }
  /** A newer key waits: does Docusign know it yet? */
  | { readonly step: 'verify'; readonly newer: KeyView }
  /** It got a token. */
  | { readonly step: 'activate'; readonly newer: KeyView }
  /** The newest signs; this one is left over. */
  | { readonly step: 'retire'; readonly older: KeyView }

export function rotationOf({ key: active, keys }: ProfileView): Rotation {
  const others = keys.filter(({ id }) => id !== active?.id)
  const activeAt = active ? keys.findIndex(({ id }) => id === active.id) : -1
  const newer = keys.slice(activeAt + 1).at(-1)
  if (newer) return { step: newer.lastUsedAtMs === null ? 'verify' : 'activate', newer }
  const older = others[0]
  return older ? { step: 'retire', older } : { step: 'none' }
}
