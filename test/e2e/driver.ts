import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type Browser, chromium, type Page } from 'playwright-core'
import { findElectron } from '../../tools/electron-binary.js'

/** One set of specs, two hosts: the real Electron where its binary is installed, the browser host elsewhere. */
export interface Desk {
  readonly page: Page
  readonly host: 'electron' | 'browser'
  readonly userData: string
  /** Everything that main has written to its outputs. */
  output(): string
  /** What the real clipboard holds. */
  clipboard(): Promise<string>
  /** Copies a text, as another program would. */
  setClipboard(text: string): Promise<void>
  /** Runs `open`, which brings up the file dialog, and chooses these in it. */
  chooseFile(paths: string | string[], open: () => Promise<void>): Promise<void>
  /** Runs `open`, which asks where to save, and answers with `path`. */
  saveFile(path: string, open: () => Promise<void>): Promise<void>
  /** Runs `open`, which opens the user's browser, and resolves with the page that came up there. */
  openedPage(open: () => Promise<void>): Promise<Page>
  /** Ends the app as a user would, and waits until it is gone. */
  quit(): Promise<void>
  /** Ends it as a power cut would. */
  kill(): Promise<void>
}

export async function startDesk(userData = mkdtempSync(join(tmpdir(), 'token-desk-e2e-'))): Promise<Desk> {
  const binary = findElectron(process.cwd())
  const desk = binary ? await startElectron(binary, userData) : await startBrowserHost(userData)
  await desk.page.getByRole('list', { name: 'Profiles' }).getByRole('listitem').first().waitFor()
  return desk
}

/**
 * The browser host only: runs a module's text in it before anything else. Main is Node there, which takes such a module.
 */
export async function startDeskAfter(module: string, userData?: string): Promise<Desk> {
  const before = process.env.NODE_OPTIONS
  process.env.NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(module)}`
  try {
    return await startDesk(userData)
  } finally {
    if (before === undefined) delete process.env.NODE_OPTIONS
    else process.env.NODE_OPTIONS = before
  }
}

async function startElectron(executablePath: string, userData: string): Promise<Desk> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const app = await _electron.launch({
    executablePath,
    args: [...sandbox, '.'],
    env: { ...process.env, TOKENDESK_USER_DATA: userData },
  })
  const page = await app.firstWindow()
  note(`Electron ${await app.evaluate(({ app: { getVersion } }) => process.versions.electron ?? getVersion())}`)
  let output = ''
  app.process().stdout?.on('data', (chunk) => {
    output += chunk
  })
  app.process().stderr?.on('data', (chunk) => {
    output += chunk
  })
  return {
    page,
    host: 'electron',
    userData,
    output: () => output,
    clipboard: () => app.evaluate(({ clipboard }) => clipboard.readText()),
    setClipboard: (text) => app.evaluate(({ clipboard }, given) => clipboard.writeText(given), text),
    async chooseFile(paths, open) {
      await app.evaluate(({ dialog }, filePaths) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths })
      }, [paths].flat())
      await open()
    },
    async saveFile(path, open) {
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath })
      }, path)
      await open()
    },
    async openedPage(open) {
      // The user's own browser is out of reach: catch the URL and open it in one of ours.
      await app.evaluate(({ shell }) => {
        shell.openExternal = async (url) => {
          ;(globalThis as { openedUrl?: string }).openedUrl = url
        }
      })
      await open()
      const url = await poll(() => app.evaluate(() => (globalThis as { openedUrl?: string }).openedUrl))
      const browser = await chromium.launch(outsideBrowser())
      const opened = await browser.newPage()
      await opened.goto(url)
      return opened
    },
    quit: () => app.close(),
    async kill() {
      app.process().kill('SIGKILL')
    },
  }
}

async function startBrowserHost(userData: string): Promise<Desk> {
  const port = await freePort()
  const child = spawn(process.execPath, [join('out', 'tools', 'browser-host.js')], {
    env: { ...process.env, TOKENDESK_USER_DATA: userData, TOKENDESK_CDP_PORT: String(port), TOKENDESK_HEADLESS: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const browser = await poll(async () => {
    if (child.exitCode !== null) throw new Error(`the browser host ended: ${output}`)
    return chromium.connectOverCDP(`http://127.0.0.1:${port}`, { isLocal: true }).catch(() => undefined)
  })
  const page = await poll(async () => browser.contexts()[0]?.pages()[0])
  // A blank page stands in until the app's own one is there.
  await page.waitForURL(/token-desk/)
  note(`the browser host, Chromium ${browser.version()}, headless (the Electron binary is not installed)`)
  return {
    page,
    host: 'browser',
    userData,
    output: () => output,
    async clipboard() {
      await browser.contexts()[0]?.grantPermissions(['clipboard-read', 'clipboard-write'])
      return page.evaluate(() =>
        (
          globalThis as unknown as { navigator: { clipboard: { readText(): Promise<string> } } }
        ).navigator.clipboard.readText(),
      )
    },
    async setClipboard(text) {
      await browser.contexts()[0]?.grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.evaluate(
        (given) =>
          (
            globalThis as unknown as { navigator: { clipboard: { writeText(text: string): Promise<void> } } }
          ).navigator.clipboard.writeText(given),
        text,
      )
    },
    async chooseFile(paths, open) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), open()])
      await chooser.setFiles(paths)
    },
    async saveFile(path, open) {
      page.once('dialog', (asked) => void asked.accept(path))
      await open()
    },
    async openedPage(open) {
      const context = page.context()
      const [opened] = await Promise.all([context.waitForEvent('page'), open()])
      return opened
    },
    quit: () => end(child, browser, 'SIGTERM'),
    kill: () => end(child, browser, 'SIGKILL'),
  }
}

async function end(child: ChildProcess, browser: Browser, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const gone = child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : undefined
  child.kill(signal)
  await gone
  await browser.close().catch(() => {})
}

function outsideBrowser() {
  return { args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] }
}

/** Told again by `npm test` at its end. */
function note(host: string): void {
  mkdirSync('test-results', { recursive: true })
  writeFileSync(join('test-results', 'host.txt'), host)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Asks until there is an answer; the test's own time limit ends it otherwise. */
export async function poll<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
