import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Whether a program is there, by its name alone: Windows' endings are not looked for. */
export function isOnPath(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
}
