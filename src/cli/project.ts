import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Two above `out/main/`, where the built command lies. */
const root = fileURLToPath(new URL('../..', import.meta.url))

export const projectRoot = (): string => root

export function projectManifest(): { readonly version: string; readonly productName: string } {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string; productName: string }
}

/** A built program of this project. */
export const builtProgram = (...path: string[]): string => join(root, 'out', ...path)
