import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/**
 * Reads back what electron-builder.yml sets in a packaged binary: a fuse that is only asked for protects nothing.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
const WANTED: Readonly<Partial<Record<keyof typeof FuseV1Options, boolean>>> = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
}

export interface Fuse {
  readonly name: string
  readonly isOn: boolean
  readonly isAsWanted: boolean
}

/** @throws Error when the file has no fuses */
export async function readFuses(binary: string): Promise<Fuse[]> {
  const wire = (await getCurrentFuseWire(binary)) as unknown as Record<number, FuseState>
  return Object.entries(WANTED).map(([name, wanted]) => {
    const state = wire[FuseV1Options[name as keyof typeof FuseV1Options]]
    return {
      name,
      isOn: state === FuseState.ENABLE,
      isAsWanted: state === (wanted ? FuseState.ENABLE : FuseState.DISABLE),
    }
  })
}

/** The binary that `npm run package` made for this computer. */
export function packagedBinary(folder: string): string {
  const unpacked = existsSync(folder) ? readdirSync(folder).filter((name) => /-unpacked$|^mac/.test(name)) : []
  const candidates = unpacked.flatMap((name) => [
    join(folder, name, 'token-desk'),
    join(folder, name, 'Token Desk.exe'),
    join(folder, name, 'Token Desk.app'),
  ])
  const binary = candidates.find((path) => existsSync(path))
  if (!binary) throw new Error('There is no package here yet: npm run package')
  return binary
}
