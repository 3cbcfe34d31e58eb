import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rendererGzipBytes } from '../bench/window-bench.js'

/** What `npm run build` made, which is also what the end-to-end tests run. */
const out = resolve(import.meta.dirname, '..', '..', 'out')

function eagerImports(entry: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>()
  const visit = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    const text = readFileSync(path, 'utf8')
    for (const [, specifier = ''] of text.matchAll(
      /(?:^|\n|;)\s*(?:import|export)\s*(?:[\w*{}\s,$]+from\s*)?["']([^"']+)["']/g,
    )) {
      if (specifier.startsWith('.')) visit(join(dirname(path), specifier))
      else packages.add(specifier)
    }
  }
  visit(entry)
  return packages
}

describe('the built app', () => {
  it('exists', () => {
    expect(existsSync(join(out, 'main', 'index.js')), 'run `npm run build` first').toBe(true)
  })
  it('loads nothing heavy before its window: Electron and Node alone', () => {
    const packages = [...eagerImports(join(out, 'main', 'index.js'))].filter((name) => !name.startsWith('node:'))
    expect(packages).toEqual(['electron'])
  })
  it('has a command that loads no package, and nothing of the core but what its errors need, to be there at once', () => {
    const seen = new Set<string>()
    const packages = [...eagerImports(join(out, 'main', 'tokendesk.js'), seen)]
    expect(packages.filter((name) => !name.startsWith('node:'))).toEqual([])
    const bytes = [...seen].reduce((sum, path) => sum + readFileSync(path).length, 0)
    expect(bytes).toBeLessThan(80 * 1024)
    expect(readFileSync(join(out, 'main', 'tokendesk.js'), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })
  it('has a preload of one CommonJS file that requires electron alone', () => {
    const preload = readFileSync(join(out, 'preload', 'index.cjs'), 'utf8')
    expect([...preload.matchAll(/require\(["']([^"']+)["']\)/g)].map(([, name]) => name)).toEqual(['electron'])
    expect(preload).not.toMatch(/zod|safeParse/i)
    expect(preload.length).toBeLessThan(8 * 1024)
  })
  it('has a page without inline scripts or styles', () => {
    const page = readFileSync(join(out, 'renderer', 'index.html'), 'utf8')
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|style=|\son\w+=/)
  })
  it('has at most 130 KB of page script, gzip', () => {
    expect(rendererGzipBytes()).toBeLessThanOrEqual(130 * 1024)
  })
})
