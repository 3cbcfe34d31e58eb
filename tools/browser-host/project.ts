import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Which app runs: as with `electron <folder>`, the first argument that is no switch; else the project around us. */
export interface Project {
  readonly root: string
  readonly name: string
  readonly version: string
  /** The built main, as package.json names it. */
  readonly main: string
}

export const project: Project = readProject()

/** A Chromium switch on our own command line, such as `--user-data-dir=…`, which Electron takes too. */
export function commandLineSwitch(name: string): string | undefined {
  const start = `--${name}=`
  return process.argv.find((arg) => arg.startsWith(start))?.slice(start.length)
}

function readProject(): Project {
  const given = process.argv.slice(2).find((arg) => !arg.startsWith('-'))
  const root = given ? resolve(given) : findRoot(dirname(fileURLToPath(import.meta.url)))
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string | undefined>
  return {
    root,
    name: manifest.productName ?? manifest.name ?? 'app',
    version: manifest.version ?? '0.0.0',
    main: resolve(root, manifest.main ?? 'index.js'),
  }
}

/** The bundler decides how deep in `out/` this file ends up. */
function findRoot(folder: string): string {
  try {
    readFileSync(join(folder, 'package.json'))
    return folder
  } catch (thrown) {
    if (dirname(folder) === folder) throw thrown
    return findRoot(dirname(folder))
  }
}
