import { deskError } from './desk-error.js'

/**
 * A document of a newer version is read as far as it is understood, and never written over.
 *
 * @param what the document's content, as the subject of a sentence in the plural: `the profiles`
 * @throws DeskError `save_failed`
 */
export function refuseNewer(document: Record<string, unknown>, ownVersion: number, what: string): void {
  const { schemaVersion } = document
  if (typeof schemaVersion !== 'number' || schemaVersion <= ownVersion) return
  throw deskError('save_failed', {
    message: `Nothing was saved: ${what} were written by a newer version of Token Desk.`,
    hint: 'Update Token Desk.',
    retryable: false,
  })
}
