import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Which part may import which. What is not listed is forbidden. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  renderer: ['shared'],
  preload: ['shared'],
  'main/core': ['shared'],
  'main/simulator': ['shared'],
  'main/token-server': ['shared', 'main/core'],
  'main/desk': ['shared', 'main/core', 'main/simulator', 'main/token-server'],
  'main/ipc': ['shared', 'main/core', 'main/desk'],
  'main/platform': ['shared', 'main/core'],
  'main/command-line': ['shared', 'main/core'],
  'main (root)': ['shared', 'main/core', 'main/command-line', 'main/desk', 'main/ipc', 'main/platform'],
  cli: ['shared', 'main/core'],
}
/** Packages by part; `node:` modules are for main alone. */
const MAY_USE: Readonly<Record<string, RegExp>> = {
  shared: /^(?!)/,
  renderer: /^(react|react-dom\/client|react-aria-components|lucide-react)$|\.css$/,
  preload: /^electron$/,
  'main/core': /^(node:|docusign-esign\/|saxes$)/,
  'main/simulator': /^node:/,
  'main/token-server': /^node:/,
  'main/desk': /^node:/,
  'main/ipc': /^zod$/,
  'main/platform': /^(node:|electron$|@napi-rs\/keyring$|electron-store$)/,
  'main/command-line': /^node:/,
  'main (root)': /^(node:|electron$)/,
  cli: /^node:/,
}

const root = resolve(import.meta.dirname, '..')
const source = join(root, 'src')

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}
function partOf(path: string): string {
  const [first = '', second = '', third] = relative(source, path).split(sep)
  if (first !== 'main') return first
  return third === undefined ? 'main (root)' : `main/${second}`
}
interface Import {
  readonly specifier: string
  readonly typeOnly: boolean
}
function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  return [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'";]*?from\s+)?'([^']+)'|import\('([^']+)'\)/g),
  ].map(([, type, fixed, dynamic]) => ({ specifier: fixed ?? dynamic ?? '', typeOnly: type !== undefined }))
}

describe('imports run one way', () => {
  it.each(filesBelow(source).map((path) => [relative(root, path), path]))('%s', (_name, path) => {
    const part = partOf(path)
    expect(Object.keys(MAY_IMPORT)).toContain(part)
    for (const { specifier, typeOnly } of importsOf(path)) {
      if (!specifier.startsWith('.')) {
        // A type-only import of electron is erased and ties nothing at run time.
        if (typeOnly && specifier === 'electron' && part.startsWith('main/') && part !== 'main/core') continue
        expect(specifier, `${part} may not use it`).toMatch(MAY_USE[part] ?? /^(?!)/)
        continue
      }
      if (specifier.endsWith('.css')) continue
      const target = partOf(resolve(dirname(path), specifier))
      expect([part, ...(MAY_IMPORT[part] ?? [])], `${specifier} from ${part}`).toContain(target)
    }
  })
})

describe('the house stays small', () => {
  it('the table of contents fits on a page', () => {
    expect(readFileSync(join(source, 'main', 'index.ts'), 'utf8').split('\n').length).toBeLessThanOrEqual(120)
  })
  it('one file alone touches docusign-esign, one alone reads window.api', () => {
    const users = (pattern: RegExp) =>
      filesBelow(source)
        .filter((path) => pattern.test(readFileSync(path, 'utf8')))
        .map((path) => relative(source, path))
    expect(users(/from 'docusign-esign|import\('docusign-esign/)).toEqual([join('main', 'core', 'jwt-grant.ts')])
    expect(users(/window\.api\b(?!`)/).filter((path) => path.startsWith('renderer'))).toEqual([
      join('renderer', 'api.ts'),
    ])
  })
  it('no file is longer than 300 lines', () => {
    const long = filesBelow(source).filter((path) => readFileSync(path, 'utf8').split('\n').length > 300)
    expect(long.map((path) => relative(root, path))).toEqual([])
  })
})
