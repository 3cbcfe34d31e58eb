import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Pointer, readPointer } from '../../src/shared/command-line.js'
import { findElectron } from '../../tools/electron-binary.js'
import { CLI, type Ended, pathWithCli, runCli, runNode, runProgram } from '../helpers/cli.js'
import { type CommandLineDesk, commandLineDesk, PRODUCTION_TOKEN } from '../helpers/command-line-desk.js'
import { freePort } from '../helpers/free-port.js'
import { isOnPath } from '../helpers/on-path.js'
import { poll } from './driver.js'

const fresh = (what: string) => mkdtempSync(join(tmpdir(), `token-desk-${what}-`))
const TOKEN_LINE = /^[\w-]+\.[\w-]+\.[\w-]+\n$/
const inBrowserHost = findElectron(process.cwd()) === null

/** As `tokendesk` finds it. */
function pointerIn(folder: string): Pointer | null {
  try {
    return readPointer(readFileSync(join(folder, 'command-line.json'), 'utf8'))
  } catch {
    return null
  }
}
function livePointer(folder: string): Pointer {
  const pointer = pointerIn(folder)
  if (!pointer) throw new Error('Token Desk does not run')
  return pointer
}
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const gone = (pid: number) => poll(async () => (isAlive(pid) ? undefined : true))

describe('a Token Desk that the command line starts', () => {
  const folder = fresh('cli')
  /** Of its own, so that whatever lies there is this app's. */
  const temporary = fresh('tmp')
  const env = {
    TOKENDESK_USER_DATA: folder,
    TMPDIR: temporary,
    XDG_RUNTIME_DIR: undefined,
    TOKENDESK_HEADLESS: '1',
    npm_lifecycle_event: 'test',
  }
  const cli = (...args: string[]) => runCli(args, { env })
  const browserProfiles = () => readdirSync(temporary).filter((name) => name.startsWith('token-desk-browser-'))
  let first: Ended
  beforeAll(async () => {
    first = await cli('token')
  })
  afterAll(() => cli('quit'))

  it('gives a token, alone on standard output', () => {
    expect([first.code, first.stderr]).toEqual([0, ''])
    expect(first.stdout).toMatch(TOKEN_LINE)
  })
  it('has a socket and a pointer that are the user’s alone', () => {
    const { address, pid } = livePointer(folder)
    expect(isAlive(pid)).toBe(true)
    if (process.platform === 'win32') return
    expect(dirname(dirname(address))).toBe(temporary)
    expect(
      [dirname(address), address, join(folder, 'command-line.json')].map((path) => statSync(path).mode & 0o777),
    ).toEqual([0o700, 0o600, 0o600])
  })
  it('is the same one for a data folder that is named from where the caller is', async () => {
    const { code, stdout } = await runCli(['token', '--no-start', '--data-folder', basename(folder)], {
      cwd: dirname(folder),
      env: { ...env, TOKENDESK_USER_DATA: undefined },
    })
    expect([code, stdout]).toEqual([0, first.stdout])
  })
  it.skipIf(!inBrowserHost || process.platform !== 'linux')('has no window, and no browser was started for one', () => {
    const { pid } = livePointer(folder)
    expect(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()).toBe('')
    expect(browserProfiles()).toEqual([])
  })
  it('goes on when the command and the npm that started it are gone, and gives the same token while it lives', async () => {
    const { pid } = livePointer(folder)
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect((await cli('token', 'simulator')).stdout).toBe(first.stdout)
    expect(livePointer(folder).pid).toBe(pid)
  })
  it('gives it in other forms', async () => {
    const token = first.stdout.trim()
    const [header, json, envFile, curl] = await Promise.all(
      ['--header', '--json', '--env-file', '--curl'].map((form) => cli('token', '--env', 'simulator', form)),
    )
    // Node takes `--env-file` for its own where something follows it.
    expect((await cli('token', '--dotenv', 'Simulator')).stdout).toContain(`DOCUSIGN_ACCESS_TOKEN=${token}\n`)
    expect(header?.stdout).toBe(`Authorization: Bearer ${token}\n`)
    expect(JSON.parse(json?.stdout ?? '')).toMatchObject({ access_token: token, environment: 'simulator' })
    expect(envFile?.stdout).toContain(`DOCUSIGN_ACCESS_TOKEN=${token}\n`)
    expect(curl?.stdout).toMatch(/^printf '%s\\n' 'Authorization: Bearer \S+' \|\n {2}curl --header @- /)
    for (const ended of [header, json, envFile, curl]) expect(ended?.stdout).toMatch(/[^\n]\n$/)
  })
  it('lists its profiles, as text, names and JSON', async () => {
    expect((await cli('profiles')).stdout).toBe('* Simulator  Simulator\n')
    expect((await cli('profiles', '--names')).stdout).toBe('Simulator\n')
    expect(await cli('profiles', '--names', '--env', 'demo')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'tokendesk: there is no profile of demo\n',
    })
    expect(JSON.parse((await cli('profiles', '--json')).stdout)).toEqual([
      { name: 'Simulator', environment: 'simulator', selected: true, has_key: true },
    ])
  })
  it('gives no token to somebody without its secret', async () => {
    const other = fresh('cli')
    writeFileSync(
      join(other, 'command-line.json'),
      JSON.stringify({ schemaVersion: 1, ...livePointer(folder), secret: 'x'.repeat(43) }),
    )
    const { code, stdout } = await cli('token', '--no-start', '--data-folder', other)
    expect([code, stdout]).toEqual([3, ''])
  })

  describe('and exec', () => {
    const script = (text: string) => ['exec', '--', process.execPath, '-e', text]
    const shown = script(
      `const own = Object.entries(process.env).filter(([name]) => name.startsWith('DOCUSIGN_')); console.log(JSON.stringify(own))`,
    )
    it('runs a command with the token, the base path and the account', async () => {
      const old = { DOCUSIGN_ACCOUNT_ID: 'old', DOCUSIGN_PRIVATE_KEY: 'key', DOCUSIGN_PRIVATE_KEY_PASSPHRASE: 'words' }
      const { code, stdout, stderr } = await runCli(shown, { env: { ...env, ...old } })
      expect([code, stderr]).toEqual([0, ''])
      expect(Object.fromEntries(JSON.parse(stdout))).toEqual({
        DOCUSIGN_ACCESS_TOKEN: first.stdout.trim(),
        DOCUSIGN_BASE_PATH: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/restapi$/),
        DOCUSIGN_ACCOUNT_ID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      })
    })
    it('ends as the command does, whose arguments no shell sees', async () => {
      expect((await cli(...script('process.exit(42)'))).code).toBe(42)
      const text = '$HOME `id` ; "x" *'
      const { stdout } = await cli('exec', '--', process.execPath, '-p', 'process.argv[1]', text)
      expect(stdout).toBe(`${text}\n`)
    })
    it.skipIf(process.platform === 'win32')('ends with 128 and the signal that ended the command', async () => {
      expect((await cli(...script(`process.kill(process.pid, 'SIGTERM')`))).code).toBe(143)
      expect((await cli(...script(`process.kill(process.pid, 'SIGKILL')`))).code).toBe(137)
    })
    it.skipIf(process.platform === 'win32')('hands a signal on to the command', async () => {
      const waits = script(
        `process.on('SIGTERM', () => process.exit(7)); console.log('up'); setInterval(() => {}, 1000)`,
      )
      const { code } = await runCli(waits, { env, onOutput: (pid) => process.kill(pid, 'SIGTERM') })
      expect(code).toBe(7)
    })
    it('ends with 127 where there is no such command, and 126 where it cannot be run', async () => {
      const absent = await cli('exec', '--', 'token-desk-no-such-command')
      expect([absent.code, absent.stdout]).toEqual([127, ''])
      expect(absent.stderr).toMatch(/command not found/)
      if (process.platform === 'win32') return
      const file = join(temporary, 'not-executable')
      writeFileSync(file, '#!/bin/sh\n', { mode: 0o644 })
      expect((await cli('exec', '--', file)).code).toBe(126)
    })
  })

  it.skipIf(process.platform === 'win32')('that hangs is not taken for one that does not run', async () => {
    const { pid } = livePointer(folder)
    process.kill(pid, 'SIGSTOP')
    const ended = await Promise.all([cli('quit'), cli('token', '--no-start')]).finally(() =>
      process.kill(pid, 'SIGCONT'),
    )
    for (const { code, stdout, stderr } of ended) {
      expect([code, stdout]).toEqual([3, ''])
      expect(stderr).toMatch(/does not answer its command line/)
    }
    expect((await cli('token')).stdout).toBe(first.stdout)
  })
  it('ends when it is told to, and leaves nothing behind', async () => {
    const { address, pid } = livePointer(folder)
    expect((await cli('quit')).code).toBe(0)
    await gone(pid)
    expect(pointerIn(folder)).toBeNull()
    expect(existsSync(dirname(address))).toBe(process.platform === 'win32')
    const again = await cli('quit')
    expect([again.code, again.stdout]).toEqual([0, ''])
  })
  it('is not started with --no-start', async () => {
    const { code, stdout, stderr } = await cli('token', '--no-start')
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/does not run/)
  })
  it('is one, however many ask for it at once', async () => {
    const ended = await Promise.all([cli('token'), cli('token'), cli('token')])
    expect(ended.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
      [0, ''],
    ])
    expect(new Set(ended.map(({ stdout }) => stdout)).size).toBe(1)
  })
  it.skipIf(process.platform === 'win32')('ends in order at SIGTERM', async () => {
    const { pid, address } = livePointer(folder)
    process.kill(pid, 'SIGTERM')
    await gone(pid)
    expect([pointerIn(folder), existsSync(dirname(address))]).toEqual([null, false])
  })
  it.skipIf(process.platform === 'win32')('is started again after a crash, whose leftovers go', async () => {
    await cli('profiles')
    const { pid, address } = livePointer(folder)
    process.kill(pid, 'SIGKILL')
    await gone(pid)
    expect(existsSync(address)).toBe(true)
    expect((await cli('token')).stdout).toMatch(TOKEN_LINE)
    expect(existsSync(dirname(address))).toBe(false)
  })
  it.skipIf(!inBrowserHost)(
    'opens a window at a second start without --hidden, and is not ended from here then',
    async () => {
      const starter = join('out', 'tools', 'start.js')
      expect((await runNode([starter, '--hidden'], { env })).code).toBe(0)
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(browserProfiles()).toEqual([])
      const { pid } = livePointer(folder)
      expect((await runNode([join('out', 'tools', 'browser-host.js')], { env })).code).toBe(0)
      await poll(async () => (browserProfiles().length > 0 ? true : undefined))
      const { code, stderr } = await cli('quit')
      expect([code, isAlive(pid)]).toEqual([1, true])
      expect(stderr).toMatch(/has a window/)
      process.kill(pid, 'SIGTERM')
      await gone(pid)
      expect(browserProfiles()).toEqual([])
    },
  )
  it('that cannot be started is told, with how to see why', async () => {
    const file = join(temporary, 'file')
    writeFileSync(file, '')
    const { code, stdout, stderr } = await cli('token', '--data-folder', file)
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/could not be started[\s\S]*To see why: .*start\.js" --hidden/)
  })
})

describe('a Token Desk that runs', () => {
  let app: CommandLineDesk
  const cli = (...args: string[]) => runCli(args, { env: { TOKENDESK_USER_DATA: app.folder } })
  beforeAll(async () => {
    app = await commandLineDesk()
    await app.add({ name: 'My demo app', environment: 'demo' })
    await app.add({ name: 'Live', environment: 'production' })
  })
  afterAll(() => app.stop())

  it('gives a production token only where it is asked for by name or environment, and switched on', async () => {
    const byDefault = await cli('token')
    expect([byDefault.code, byDefault.stdout]).toEqual([2, ''])
    expect(byDefault.stderr).toMatch(/production/)
    for (const asked of [['live'], ['--env', 'production']]) {
      app.state.serveProduction = false
      const refused = await cli('token', ...asked)
      expect([refused.code, refused.stdout]).toEqual([5, ''])
      expect(refused.stderr).toMatch(/\(production_not_served\)\n {2}Turn on /)
      app.state.serveProduction = true
      expect(await cli('token', ...asked)).toEqual({ code: 0, stdout: `${PRODUCTION_TOKEN}\n`, stderr: '' })
    }
  })
  it('leaves the account out of exec’s environment where it is not known', async () => {
    app.state.serveProduction = true
    const { code, stdout } = await cli(
      'exec',
      'Live',
      '--',
      process.execPath,
      '-p',
      `'DOCUSIGN_ACCOUNT_ID' in process.env`,
    )
    expect([code, stdout]).toEqual([0, 'false\n'])
  })
  it('says which profile there is not', async () => {
    const { code, stdout, stderr } = await cli('token', 'My demo ap')
    expect([code, stdout]).toEqual([4, ''])
    expect(stderr).toBe('tokendesk: There is no profile “My demo ap”.\n  Did you mean “My demo app”?\n')
  })
  it('tells Docusign’s refusal in words, with the code', async () => {
    app.desk.simulator.setScenario('unknown-user')
    const id = app.desk.profiles.list().find(({ name }) => name === 'Simulator')?.id ?? ''
    expect(id).not.toBe('')
    const { code, stdout, stderr } = await cli('token', 'Simulator')
    app.desk.simulator.setScenario('normal')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/\(user_not_found\)\n {2}\S/)
  })
  it('gives a new token where a fresh one is asked for, and that one from then on', async () => {
    const token = async (...args: string[]) => (await cli('token', 'Simulator', ...args)).stdout
    const first = await token()
    expect(await token()).toBe(first)
    const second = await token('--fresh')
    expect(second).toMatch(TOKEN_LINE)
    expect(second).not.toBe(first)
    expect(await token()).toBe(second)
  })
  describe('is asked by a shell for what may come next:', () => {
    const run = async (shell: string, ...args: string[]) => {
      const env = { PATH: pathWithCli(), TOKENDESK_USER_DATA: app.folder, HOME: fresh('home') }
      return (await runProgram(shell, args, { env })).stdout.split('\n').filter(Boolean)
    }
    it.skipIf(!isOnPath('bash'))('bash', async () => {
      const script = `source <(tokendesk completion bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _tokendesk; printf '%s\\n' "\${COMPREPLY[@]}"`
      const complete = (...words: string[]) => run('bash', '-c', script, 'bash', 'tokendesk', ...words)
      expect(await complete('to')).toEqual(['token'])
      expect(await complete('token', '--env', 'p')).toEqual(['production'])
      expect(await complete('token', '--fr')).toEqual(['--fresh', '--from-env', '--from-file'])
      expect(await complete('exec', 'M')).toEqual(['My\\ demo\\ app'])
      expect(await complete('token', '')).toEqual(['Simulator', 'My\\ demo\\ app', 'Live'])
      expect(await complete('completion', 'z')).toEqual(['zsh'])
      expect(await complete('help', 'q')).toEqual(['quit'])
    })
    it.skipIf(!isOnPath('fish'))('fish', async () => {
      // Behind a tab comes what it means.
      const complete = async (line: string) =>
        (await run('fish', '-c', `tokendesk completion fish | source; complete -C '${line}'`)).map((row) =>
          row.replace(/\t.*/, ''),
        )
      expect(await complete('tokendesk to')).toEqual(['token'])
      expect(await complete('tokendesk token --env p')).toEqual(['production'])
      expect(await complete('tokendesk token --fr')).toEqual(['--fresh', '--from-env', '--from-file'])
      // It quotes the name where it puts it into the line.
      expect(await complete('tokendesk exec M')).toEqual([expect.stringMatching(/^My\\? demo\\? app$/)])
      expect(await complete('tokendesk completion z')).toEqual(['zsh'])
      expect(await complete('tokendesk help q')).toEqual(['quit'])
    })
  })
})

describe('the command by itself', () => {
  it('is found through a link, and says its version and its help', async () => {
    const link = join(fresh('bin'), 'tokendesk')
    if (process.platform === 'win32') writeFileSync(link, `import(${JSON.stringify(CLI)})`)
    else symlinkSync(CLI, link)
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
    expect(await runNode([link, '--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
    const help = await runNode([link, 'token', '--help'])
    expect(help.stdout).toMatch(/^Usage: tokendesk token/)
    expect(await runNode([link, 'help', 'token'])).toEqual(help)
    expect(await runNode([link, 'help'])).toEqual(await runNode([link, '--help']))
    expect((await runNode([link, 'help', 'tokn'])).stderr).toContain('Did you mean token?')
    expect(readFileSync(CLI, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })
  it('is wrong in one line and a hint', async () => {
    const { code, stdout, stderr } = await runCli(['token', '--jso'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toBe('tokendesk: Unknown option: --jso.\n  Try: tokendesk token --help\n')
  })
  it('runs the simulator with its own options, and ends it with itself', async () => {
    const port = await freePort()
    const { stdout } = await runCli(['simulator', '--port', String(port)], {
      onOutput: (pid) => process.kill(pid, 'SIGTERM'),
    })
    expect(stdout).toContain(`Simulator listens on http://127.0.0.1:${port}`)
  })
})
