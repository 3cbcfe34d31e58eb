import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findElectron, installElectron } from './electron-binary.js'
import { debuggingPort, isHeadless, isRoot, startsHidden } from './environment.js'
import { whenNpmIsGone } from './npm-parent.js'

/** `npm start`: the built app in Electron, or in the browser host where Electron's binary cannot be had. */
async function start(): Promise<void> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const port = debuggingPort()
  const passedOn = process.argv.slice(2)

  // Who waits for a token does not wait for a download of that size.
  const electron = findElectron(root) ?? (startsHidden() ? null : await getElectron(root))
  if (electron === null) {
    // In this same process: one less to hand signals and exit codes through.
    await import('./browser-host/main.js')
    return
  }

  console.log(`Token Desk runs in Electron (${electron})`)
  if (isHeadless()) console.log('TOKENDESK_HEADLESS is for the browser host only: Electron ignores it')
  const switches: string[] = []
  if (isRoot()) {
    console.log('Running as root, so Electron runs without its sandbox (--no-sandbox)')
    switches.push('--no-sandbox')
  }
  if (port !== null) {
    console.log(`Debugging port 127.0.0.1:${port} will be open: whoever reaches it controls the app`)
    switches.push(`--remote-debugging-port=${port}`)
  }
  run(electron, [...switches, root, ...passedOn])
}

async function getElectron(root: string): Promise<string | null> {
  console.log('Electron is not here yet: fetching it …')
  const failure = await installElectron(root)
  const electron = findElectron(root)
  if (electron !== null) return electron
  const reason = failure ?? 'it was fetched but is not where it should be'
  console.log(
    `Electron could not be had (${reason}; ELECTRON_MIRROR can name a mirror): ` +
      'the same built app opens in the browser instead',
  )
  return null
}

/** In our place: the same terminal, signals handed on, its end is ours. */
function run(program: string, args: readonly string[]): void {
  const child = spawn(program, args, { stdio: 'inherit' })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, () => child.kill(signal))
  whenNpmIsGone(() => child.kill())
  child.once('error', (error) => {
    console.error(`${program} could not be started: ${error.message}`)
    process.exit(1)
  })
  child.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}

start().catch((thrown) => {
  console.error(thrown instanceof Error ? thrown.message : thrown)
  process.exit(1)
})
