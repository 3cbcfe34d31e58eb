import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const INSTALL_TIMEOUT_MS = 10 * 60_000

/**
 * Electron's binary, or null. Reads what the `electron` package's own index.js reads, rather than requiring it: that
 * would start a download.
 */
export function findElectron(root: string): string | null {
  // electron-vite's name for a whole path; the electron package does not know it.
  const given = process.env.ELECTRON_EXEC_PATH
  if (given) return existsSync(given) ? given : null
  const folder = packageFolder(root)
  if (folder === null) return null
  const pathFile = join(folder, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : ''
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!override && name === '') return null
  const path = override ? join(override, name || 'electron') : join(folder, 'dist', name)
  return existsSync(path) ? path : null
}

/** Runs the package's `install-electron`. Resolves to null when it worked, else to the reason in few words. */
export async function installElectron(root: string): Promise<string | null> {
  const folder = packageFolder(root)
  if (folder === null) return 'the package electron is not installed'
  const child = spawn(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk
  })
  let late = false
  const timer = setTimeout(() => {
    late = true
    child.kill()
  }, INSTALL_TIMEOUT_MS)
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(1))
    child.once('close', resolve)
  })
  clearTimeout(timer)
  if (late) return `no end after ${INSTALL_TIMEOUT_MS / 60_000} minutes`
  return code === 0 ? null : reasonIn(errors)
}

/** The deepest cause that Node prints, such as `getaddrinfo ENOTFOUND`; without it the first line that says anything. */
function reasonIn(errors: string): string {
  const lines = errors.split('\n').map((line) => line.trim())
  const cause = lines.findLast((line) =>
    /\b(ENOTFOUND|ECONN\w+|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|CERT_\w+)\b/.test(line),
  )
  const first = lines.find((line) => /Error\b/.test(line)) ?? lines.find(Boolean) ?? 'the download failed'
  const code = /\b(ENOTFOUND|ECONN\w+|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|CERT_\w+)\b/.exec(cause ?? '')?.[0]
  const words = first.replace(/^(\w*Error:\s*)+/, '').slice(0, 120)
  return code && !words.includes(code) ? `${words}, ${code}` : words
}

function packageFolder(root: string): string | null {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'))
  } catch {
    return null
  }
}
