import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isOnPath } from './on-path.js'

/** A real Secret Service (gnome-keyring) on a message bus of its own, in a temporary home. */
export interface SecretService {
  /** What a process needs to find it. */
  readonly env: Readonly<Record<string, string>>
  lock(): void
  unlock(): Promise<void>
  /** Ends the daemon; the bus stays. */
  stop(): Promise<void>
  start(): Promise<void>
  close(): Promise<void>
}

/** Without service folders: the bus would start a daemon of its own, with a keyring that nobody unlocked. */
const BUS_CONFIG = `<busconfig>
  <type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>`

const PASSWORD = 'test-keyring-password'

/** Whether the programs are installed. */
export function hasSecretService(): boolean {
  return ['gnome-keyring-daemon', 'dbus-daemon', 'gdbus'].every(isOnPath)
}

export async function startSecretService(): Promise<SecretService> {
  const home = mkdtempSync(join(tmpdir(), 'token-desk-keyring-'))
  const config = join(home, 'bus.conf')
  writeFileSync(config, BUS_CONFIG)
  const bus = spawn('dbus-daemon', ['--config-file', config, '--print-address', '--nofork'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const address = await firstLine(bus)
  const env = { DBUS_SESSION_BUS_ADDRESS: address, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home, HOME: home }
  const childEnv = { ...process.env, ...env }
  let daemon: ChildProcess | null = null

  async function start(): Promise<void> {
    daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: childEnv,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    daemon.stdin?.end(PASSWORD)
    await untilAnswering(childEnv)
  }
  async function end(child: ChildProcess | null): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }
  const call = (...args: string[]) =>
    execFileSync('gdbus', ['call', '--session', '--dest', 'org.freedesktop.secrets', ...args], {
      env: childEnv,
    }).toString()

  await start()
  return {
    env,
    start,
    stop: () => end(daemon),
    lock: () =>
      void call(
        '--object-path',
        '/org/freedesktop/secrets',
        '--method',
        'org.freedesktop.Secret.Service.Lock',
        "['/org/freedesktop/secrets/collection/login']",
      ),
    // A prompt would be a window. Logging in anew, with the password, is the other way a keyring opens.
    async unlock() {
      await end(daemon)
      await start()
    },
    async close() {
      await end(daemon)
      await end(bus)
    },
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
    child.once('error', reject)
  })
}

/** The service answers before its keyring is unlocked: wait for the default collection. */
async function untilAnswering(env: NodeJS.ProcessEnv): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      const [object, method] = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.ReadAlias']
      const args = [
        'call',
        '--session',
        '--dest',
        'org.freedesktop.secrets',
        '--object-path',
        object,
        '--method',
        method,
      ]
      const answer = execFileSync('gdbus', [...args, 'default'], {
        env,
        stdio: ['ignore', 'pipe', 'ignore'],
      }).toString()
      if (answer.includes('/collection/')) return
    } catch {
      // Not on the bus yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the Secret Service did not start')
}
