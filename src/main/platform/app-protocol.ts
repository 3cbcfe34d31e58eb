import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Protocol } from 'electron'

/** A scheme of our own instead of `file://`: one origin, one folder, headers of ours. */
const APP_SCHEME = 'app'
const APP_HOST = 'token-desk'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Must run before `ready`. */
export function registerAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges: { standard: true, secure: true } }])
}

/** Serves the files of `folder` and nothing else. Must run after `ready`. */
export function serveApp(protocol: Protocol, folder: string): void {
  protocol.handle(APP_SCHEME, async (request) => answer(request, folder))
}

/** Exported for its tests. */
export async function answer(request: Request, folder: string): Promise<Response> {
  const path = pathInside(request, folder)
  const type = path && TYPES[extname(path)]
  if (!path || !type) return notFound()
  try {
    return new Response(new Uint8Array(await readFile(path)), { headers: headersFor(type) })
  } catch {
    return notFound()
  }
}

function pathInside(request: Request, folder: string): string | null {
  if (request.method !== 'GET' || !URL.canParse(request.url)) return null
  const url = new URL(request.url)
  if (url.host !== APP_HOST) return null
  let pathname: string
  try {
    pathname = decodeURIComponent(url.pathname)
  } catch {
    return null
  }
  // Encoded dots and backslashes survive URL parsing, so judge the path that would be opened.
  if (pathname.includes('\0') || pathname.includes('\\')) return null
  const path = normalize(join(folder, pathname === '' || pathname === '/' ? 'index.html' : pathname))
  return path.startsWith(normalize(folder + sep)) ? path : null
}

const notFound = () => new Response('Not found', { status: 404, headers: headersFor('text/plain; charset=utf-8') })

function headersFor(type: string): Record<string, string> {
  return {
    'Content-Type': type,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
  }
}
