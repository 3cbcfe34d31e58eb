import { deskError } from '../core/desk-error.js'

/** Opens a page in the user's own browser. */
export type OpenUrl = (url: string, allowedOrigin: string) => Promise<void>

/**
 * `openExternal` would start any program registered for a scheme, so only a page of the one origin that the caller
 * means goes through: https, or http on this computer.
 */
export function createOpenUrl(openExternal: (url: string) => Promise<void>): OpenUrl {
  return async (url, allowedOrigin) => {
    const { origin, protocol } = new URL(url)
    // Both through the parser, which drops a default port.
    if (origin !== new URL(allowedOrigin).origin || (protocol !== 'https:' && protocol !== 'http:'))
      throw deskError('forbidden')
    try {
      await openExternal(url)
    } catch {
      throw deskError('browser_failed')
    }
  }
}
