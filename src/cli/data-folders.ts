import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** Where the app keeps its data: `TOKENDESK_USER_DATA`, else Electron's folder and the browser host's own. */
export function dataFolders(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, name: string): string[] {
  if (env.TOKENDESK_USER_DATA) return [resolve(env.TOKENDESK_USER_DATA)]
  const config =
    platform === 'darwin'
      ? join(homedir(), 'Library', 'Application Support')
      : platform === 'win32'
        ? (env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'))
        : env.XDG_CONFIG_HOME || join(homedir(), '.config')
  return [join(config, name), join(config, `${name} (browser host)`)]
}
