/**
 * The app serves itself as `app://<host>/…`. Chromium lets nobody but its own embedder add a scheme, and drops such a
 * navigation before the protocol's Fetch domain sees it (tried: net::ERR_ABORTED). So inside Chromium the app's pages
 * are `https://<host>.invalid/…`: a secure origin whose name resolves nowhere (RFC 6761). Everything that the app's
 * main process sees is translated back; only the page itself can tell, by `location`.
 */
let scheme: string | null = null

/** The scheme of `protocol.handle`. */
export function setScheme(name: string): void {
  if (scheme !== null && scheme !== name) throw new Error('The browser host serves one scheme')
  scheme = name
}

/** `app://token-desk/x` → `https://token-desk.invalid/x`; null for any other URL. */
export function toBrowserUrl(appUrl: string): string | null {
  const [, host, rest] = new RegExp(`^${scheme}://([^/?#]+)(.*)$`).exec(appUrl) ?? []
  return scheme !== null && host !== undefined ? `https://${host}.invalid${rest || '/'}` : null
}

/** `https://token-desk.invalid/x` → `app://token-desk/x`; null for any other URL. */
export function toAppUrl(browserUrl: string): string | null {
  const [, host, rest] = /^https:\/\/([^/?#:@]+)\.invalid([/?#].*)?$/.exec(browserUrl) ?? []
  return scheme !== null && host !== undefined ? `${scheme}://${host}${rest ?? ''}` : null
}

/** A URL as the app may see it: its own translated back, any other as it is. */
export const seenByApp = (browserUrl: string): string => toAppUrl(browserUrl) ?? browserUrl

export const withoutHash = (url: string): string => url.replace(/#.*$/, '')
