import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Profile {
  readonly folder: string
  remove(): void
}

const NAME = 'token-desk-browser-'

/** A name that cannot resolve: RFC 6761 reserves `.invalid`, and the host's flags keep it from being looked up at all. */
const NO_NETWORK_PROXY = 'http://no-network.invalid:1'

/**
 * A fresh browser profile for this run, with nothing of the user's in it.
 *
 * Its network leads nowhere, loopback included. The window's pages come through the app's own protocol handler before
 * the network is asked; so whatever a page of this profile tries besides (popups, prefetch, WebSocket, workers) ends
 * here, whether or not the host saw it coming. Pages of `shell.openExternal` have a profile of their own.
 */
export function createProfile(): Profile {
  removeLeftovers()
  const folder = mkdtempSync(join(tmpdir(), `${NAME}${process.pid}-`))
  mkdirSync(join(folder, 'Default'))
  const preferences = {
    proxy: { mode: 'fixed_servers', server: NO_NETWORK_PROXY, bypass_list: '<-loopback>' },
    credentials_enable_service: false,
    profile: { password_manager_enabled: false },
    autofill: { profile_enabled: false, credit_card_enabled: false },
    translate: { enabled: false },
    browser: { enable_spellchecking: false },
  }
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify(preferences))
  return {
    folder,
    // Chromium's helpers may still be writing their last for a moment.
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }),
  }
}

/** A host that was killed could not tidy up: remove the profiles of processes that are gone. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(NAME) ? Number.parseInt(name.slice(NAME.length), 10) : Number.NaN
    if (Number.isNaN(pid) || isRunning(pid)) continue
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true })
    } catch {
      // Another user's: not ours to remove.
    }
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}
