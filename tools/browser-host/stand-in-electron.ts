import { createRequire, Module, register } from 'node:module'

/**
 * Makes `electron` mean the stand-in: for `import`, by a hook (`register`, as Node 20 has no `registerHooks`); for
 * `require`, by an entry in its cache where the real package would be, which must not run: it would try a download.
 */
export function standInForElectron(hookUrl: string, standInUrl: string, standIn: object, mainFile: string): void {
  register(hookUrl, { data: standInUrl })
  const require = createRequire(mainFile)
  let file: string
  try {
    file = require.resolve('electron')
  } catch {
    return
  }
  const entry = new Module(file)
  entry.exports = standIn
  entry.loaded = true
  require.cache[file] = entry
}
