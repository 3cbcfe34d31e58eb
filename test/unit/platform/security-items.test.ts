import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ProfileInput, ProfileView } from '../../../src/shared/views.js'
import * as electron from '../../helpers/recording-electron.js'

/**
 * Electron's security checklist (https://www.electronjs.org/docs/latest/tutorial/security), by its numbers, against the
 * BUILT main. What the page itself can show stands in test/e2e/security.e2e.ts.
 */
vi.mock('electron', () => import('../../helpers/recording-electron.js'))

const root = resolve(import.meta.dirname, '..', '..', '..')
const out = join(root, 'out')
const mainFiles = ['.', 'chunks'].flatMap((folder) =>
  readdirSync(join(out, 'main', folder))
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(out, 'main', folder, name), 'utf8')),
)
const ownFrame = { url: 'app://token-desk/index.html', origin: 'app://token-desk', parent: null }

/** Calls what the app registered with Electron. */
const run = (listener: unknown, ...args: unknown[]) => Reflect.apply(listener as () => unknown, undefined, args)
const invoke = (name: string, frame: object | null, ...args: unknown[]) =>
  run(electron.calls.get(name), { senderFrame: frame }, ...args) as Promise<{
    ok: boolean
    value?: unknown
    error?: { code: string }
  }>
const preferences = () => electron.windows[0]?.options.webPreferences as Record<string, unknown>
const get = async (url: string, init?: RequestInit) => {
  const answer = electron.served.get('app')
  if (!answer) throw new Error('nothing serves app://')
  return answer(new Request(url, init))
}

beforeAll(async () => {
  // Every refused call is logged, and here hundreds are refused.
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const builtMain = join(out, 'main', 'index.js')
  await import(/* @vite-ignore */ builtMain)
  await vi.waitFor(() => expect(electron.calls.size).toBeGreaterThan(0))
  expect((await invoke('profiles:list', ownFrame)).ok).toBe(true)
})
afterAll(() => {
  run(electron.appEvents.get('before-quit'))
  run(electron.appEvents.get('will-quit'))
  vi.restoreAllMocks()
})

describe('1 and 18: only the app’s own files, by a scheme of its own', () => {
  it('the one window loads app:// and nothing else', () => {
    expect(electron.windows.map(({ loaded }) => loaded)).toEqual([['app://token-desk/index.html']])
    expect([...electron.served.keys()]).toEqual(['app'])
    expect(mainFiles.filter((text) => /loadFile\(|loadURL\([`'"](?:file|http):/.test(text))).toEqual([])
  })
  it('the scheme is standard and secure, and may neither pass the policy nor be fetched', () => {
    expect(electron.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true } }])
    expect(electron.order.indexOf('registerSchemes')).toBeLessThan(electron.order.indexOf('ready'))
  })
  it.each([
    'app://token-desk/../main/index.js',
    'app://token-desk/%2e%2e/main/index.js',
    'app://token-desk/..%2fmain/index.js',
    'app://token-desk/%2e%2e%2f%2e%2e%2fpackage.json',
    'app://token-desk/..%5cmain%5cindex.js',
    'app://token-desk//etc/passwd',
    'app://other/index.html',
  ])('%s is not served', async (url) => {
    expect((await get(url)).status).toBe(404)
  })
  it('the page itself is', async () => {
    expect((await get('app://token-desk/index.html')).status).toBe(200)
  })
})

describe('2, 3, 4, 6, 8, 9, 10, 11: the window', () => {
  it.each([
    ['2: no Node', 'nodeIntegration', false],
    ['2: no Node in workers', 'nodeIntegrationInWorker', false],
    ['2: no Node in frames', 'nodeIntegrationInSubFrames', false],
    ['3: isolated from the preload', 'contextIsolation', true],
    ['4: in the sandbox', 'sandbox', true],
    ['6: the same-origin policy holds', 'webSecurity', true],
    ['8: no insecure content', 'allowRunningInsecureContent', false],
    ['11: no webview tag', 'webviewTag', false],
  ])('%s', (_item, name, value) => {
    expect(preferences()[name]).toBe(value)
  })
  it('9, 10: asks for no experiment, no Blink feature and no switch', () => {
    expect(Object.keys(preferences()).filter((name) => /experimental|blinkFeatures/i.test(name))).toEqual([])
    expect(electron.switches).toEqual([])
  })
  it('4: the sandbox is for every renderer, from before the first one', () => {
    expect(electron.order).toContain('enableSandbox')
    expect(electron.order.indexOf('enableSandbox')).toBeLessThan(electron.order.indexOf('ready'))
  })
})

describe('5: permissions', () => {
  it('each is refused, whether asked for or looked up, and before there is a window', () => {
    const answers: boolean[] = []
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid']) {
      run(electron.permissionRequest, {}, permission, (granted: boolean) => answers.push(granted), {})
      answers.push(run(electron.permissionCheck, {}, permission, 'app://token-desk', {}) as boolean)
    }
    expect(answers).toEqual(Array(12).fill(false))
    expect(electron.order.indexOf('permissions')).toBeLessThan(electron.order.indexOf('window'))
  })
})

describe('7: the content security policy', () => {
  it.each(['app://token-desk/index.html', 'app://token-desk/missing.html'])('goes with %s', async (url) => {
    const { headers } = await get(url)
    const policy = new Map(
      (headers.get('Content-Security-Policy') ?? '').split(';').map((line) => {
        const [name = '', ...sources] = line.trim().split(' ')
        return [name, sources.join(' ')] as const
      }),
    )
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    })
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  })
})

describe('12, 13, 14: the window stays where it is', () => {
  const prevented = (event: string, url: string) => {
    const preventDefault = vi.fn()
    run(electron.contentsEvents.get(event), { url, preventDefault })
    return preventDefault.mock.calls.length > 0
  }
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('13: %s', (event) => {
    for (const url of [
      'https://example.invalid/',
      'file:///etc/passwd',
      'app://token-desk.evil/',
      'app://other/',
      'javascript:alert(1)',
      'data:text/html,x',
      'about:blank',
    ])
      expect([url, prevented(event, url)]).toEqual([url, true])
    expect(prevented(event, 'app://token-desk/index.html')).toBe(false)
  })
  it('12: no webview is attached, whatever its options', () => {
    expect(prevented('will-attach-webview', 'app://token-desk/index.html')).toBe(true)
  })
  it('14: no second window', () => {
    for (const url of ['https://example.invalid/', 'app://token-desk/index.html', 'about:blank'])
      expect(run(electron.openHandler, { url })).toEqual({ action: 'deny' })
  })
})

describe('15: what the user’s browser is sent to', () => {
  const input = (change: Partial<ProfileInput>): ProfileInput => ({
    name: 'Outside',
    environment: 'custom',
    integrationKey: '11111111-2222-4333-8444-555555555555',
    userId: '66666666-7777-4888-9999-000000000000',
    grant: 'user',
    scopes: ['signature', 'impersonation'],
    assertionLifetimeS: 600,
    autoRenew: false,
    redirectUri: 'https://example.com/back',
    oauthHost: 'proxy.example',
    restBasePath: 'https://proxy.example/restapi',
    ...change,
  })
  /** The addresses that one profile's consent button opens. */
  async function openedFor(change: Partial<ProfileInput>): Promise<string[]> {
    electron.opened.length = 0
    const saved = await invoke('profiles:save', ownFrame, input(change))
    if (saved.ok) await invoke('consent:open', ownFrame, { profileId: (saved.value as ProfileView).id, admin: false })
    return [...electron.opened]
  }
  it('Docusign’s consent page', async () => {
    const [url = '', ...more] = await openedFor({ environment: 'demo', oauthHost: '', restBasePath: '' })
    expect(new URL(url).origin).toBe('https://account-d.docusign.com')
    expect(more).toEqual([])
  })
  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    '//evil.example/x',
    'account-d.docusign.com@evil.example',
    'evil.example/oauth?',
    'evil.example#',
    'smb://evil.example',
    'a b',
  ])('an OAuth host of %s opens nothing', async (oauthHost) => {
    expect(await openedFor({ oauthHost })).toEqual([])
  })
})

describe('17: who may call main', () => {
  it.each([
    ['another site', { url: 'https://evil.example/', origin: 'https://evil.example', parent: null }],
    ['a frame inside', { ...ownFrame, parent: ownFrame }],
    ['an opaque origin', { ...ownFrame, origin: 'null' }],
    ['a frame that is gone', null],
  ])('not %s, for any call', async (_name, frame) => {
    for (const name of electron.calls.keys())
      expect([name, (await invoke(name, frame)).error?.code]).toEqual([name, 'forbidden'])
  })
  it('there is no other way in: main listens with `handle` alone', () => {
    expect(mainFiles.filter((text) => /ipcMain\.(on|once|handleOnce)\(|\.ipc\.(on|handle)\(/.test(text))).toEqual([])
  })
})

describe('16 and 20: Electron itself', () => {
  const manifest = (path: string) =>
    JSON.parse(readFileSync(join(root, path), 'utf8')) as {
      version: string
      devDependencies?: Record<string, string>
    }
  it('16: is one exact version of a major that Electron supported when this was written', () => {
    const { version } = manifest('node_modules/electron/package.json')
    expect(manifest('package.json').devDependencies?.electron).toBe(version)
    expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(45)
  })
  it('20: the preload hands over functions of its own alone', () => {
    const exposed = new Map<string, Record<string, unknown>>()
    const sent: unknown[][] = []
    const listened: string[] = []
    const ipcRenderer: Record<string, unknown> = {
      invoke: (...args: unknown[]) => sent.push(args),
      on: (event: string) => listened.push(event),
      off: () => ipcRenderer,
    }
    const contextBridge = { exposeInMainWorld: (name: string, api: Record<string, unknown>) => exposed.set(name, api) }
    const preload = new Function('require', 'exports', readFileSync(join(out, 'preload', 'index.cjs'), 'utf8'))
    preload(() => ({ ipcRenderer, contextBridge }), {})

    expect([...exposed.keys()]).toEqual(['api'])
    const { on, ...calls } = exposed.get('api') ?? {}
    expect(Object.keys(calls).sort()).toEqual([...electron.calls.keys()].sort())
    for (const [name, call] of Object.entries(calls)) {
      expect(Object.values(ipcRenderer)).not.toContain(call)
      run(call, 'first', 'second')
      // One argument, on the one channel of that name.
      expect(sent.pop()).toEqual([name, 'first'])
    }
    run(on, 'some-other-channel', () => {})
    expect(listened).toEqual([])
    const stopListening = run(on, 'tokens:changed', () => {})
    expect(listened).toEqual(['tokens:changed'])
    // `ipcRenderer.off` returns ipcRenderer itself.
    expect(run(stopListening)).toBeUndefined()
  })
})
