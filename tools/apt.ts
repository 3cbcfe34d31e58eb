import { type ExecFileSyncOptions, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { isRoot } from './environment.js'

/** Whether packages can be installed here without a password: Debian and its kin, as root (a container, a CI machine). */
export function canApt(): boolean {
  return process.platform === 'linux' && isRoot() && existsSync('/usr/bin/apt-get')
}

/** @throws Error when apt-get fails; its own words are on standard error by then */
export function aptInstall(packages: readonly string[]): void {
  console.log(`Installing from Debian: apt-get install ${packages.join(' ')} …`)
  const options: ExecFileSyncOptions = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }
  execFileSync('apt-get', ['update', '-qq'], options)
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], options)
}
