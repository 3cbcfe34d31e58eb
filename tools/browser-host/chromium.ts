import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { type Cdp, type CdpPipe, connectPipe } from './cdp-pipe.js'
import { chromiumFlags } from './chromium-flags.js'
import { createProfile } from './profile.js'
import { say } from './say.js'

export interface Chromium extends CdpPipe {
  /** The one page of the app's window. */
  readonly page: Cdp
  readonly pageTargetId: string
  /** The profile of the app's window, in the protocol's words. */
  readonly contextId: string
  /** Its profile: only this user's, and gone at the end. */
  readonly folder: string
}

export interface ChromiumProcess {
  /** Rejects when Chromium does not come up. */
  readonly ready: Promise<Chromium>
  /** Resolves when the process has ended, with the reason in words when it did not end well. */
  readonly ended: Promise<string | null>
  /** Ends it by asking first, then by force, and removes the profile. */
  close(): Promise<void>
  /** The same at once, for the last moment of this process. */
  kill(): void
}

/** `Target.createTarget({ hidden })`, which the clipboard needs, came with 136. */
const OLDEST_MAJOR = 136
const START_TIMEOUT_MS = 30_000
const END_AFTER_PIPE_MS = 500
const CLOSE_TIMEOUT_MS = 3_000

export interface ChromiumOptions {
  readonly executable: string
  readonly title: string
  readonly headless: boolean
  readonly port: number | null
}

export function startChromium({ executable, ...options }: ChromiumOptions): ChromiumProcess {
  const windows = process.platform === 'win32'
  const root = process.getuid?.() === 0
  if (root) say('running as root, so Chromium runs without its sandbox (--no-sandbox)')
  const profile = createProfile()
  const child = spawn(executable, chromiumFlags({ ...options, root, profileFolder: profile.folder }), {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in the terminal is for us, and we end Chromium in order.
    detached: !windows,
  })
  const errors = lastLinesOf(child)
  const pipe = connectPipe(child.stdio[3] as Writable, child.stdio[4] as Readable)

  const ended = new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : code ? `exit code ${code}` : null))
  })
  const failed = ended.then((why) => {
    throw new Error(`Chromium did not start (${why ?? 'it ended at once'})\n${errors()}`)
  })
  const late = delay(START_TIMEOUT_MS, undefined, { ref: false }).then(() => {
    throw new Error(`Chromium did not start within ${START_TIMEOUT_MS / 1000} s\n${errors()}`)
  })
  const connected = connect(pipe, options.port, profile.folder).catch(async (thrown) => {
    // Of a process that ended, its end says more than the broken pipe.
    await Promise.race([failed, delay(END_AFTER_PIPE_MS)])
    throw thrown
  })
  const ready = Promise.race([connected, failed, late])
  failed.catch(() => {})
  late.catch(() => {})

  let over = false
  void ended.then(() => {
    over = true
  })
  const kill = () => {
    if (!over) killTree(child)
    profile.remove()
  }
  return {
    ready,
    ended,
    kill,
    async close() {
      pipe.browser.send('Browser.close').catch(() => {})
      await Promise.race([ended, delay(CLOSE_TIMEOUT_MS)])
      kill()
    },
  }
}

async function connect(pipe: CdpPipe, port: number | null, folder: string): Promise<Chromium> {
  const { browser } = pipe
  const opened = new Promise<{ targetId: string; browserContextId?: string }>((resolve) => {
    browser.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.type === 'page') resolve(targetInfo)
    })
  })
  await browser.send('Target.setDiscoverTargets', { discover: true })
  const { product } = await browser.send('Browser.getVersion')
  const major = Number(/\/(\d+)\./.exec(product)?.[1])
  if (!(major >= OLDEST_MAJOR))
    throw new Error(`${product} is too old: the browser host needs ${OLDEST_MAJOR} or newer`)
  const { targetId, browserContextId = '' } = await opened
  const page = await pipe.attach(targetId)
  if (port !== null) await confirmPort(port, targetId)
  return { ...pipe, page, pageTargetId: targetId, contextId: browserContextId, folder }
}

/** Chromium goes on without its port when another process has it; that other must not be taken for the app. */
async function confirmPort(port: number, pageTargetId: string): Promise<void> {
  for (let triesLeft = 60; triesLeft > 0; triesLeft--) {
    const targets = await fetch(`http://127.0.0.1:${port}/json/list`, { signal: AbortSignal.timeout(2_000) })
      .then((response) => response.text())
      .catch(() => '')
    if (targets.includes(pageTargetId)) {
      say(`debugging port 127.0.0.1:${port} is open: whoever reaches it controls the app and can read its tokens`)
      return
    }
    await delay(50)
  }
  throw new Error(`Chromium could not open port ${port} (TOKENDESK_CDP_PORT): is it taken?`)
}

function lastLinesOf(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-2_000)
  })
  return () => text.trim()
}

function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' })
    else process.kill(-pid, 'SIGKILL')
  } catch {
    // Already gone.
  }
}
