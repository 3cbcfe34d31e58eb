import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CALL_NAMES } from '../../src/shared/contract.js'
import { type Desk, startDesk } from './driver.js'

/**
 * Electron's security checklist, by its numbers, as a hostile script in the page would meet it. What main asks of
 * Electron stands in test/unit/platform/security-items.test.ts.
 */
let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.quit())

/**
 * Runs `body` in the page, in a task of its own: a debugger's own call may evaluate text whatever the policy says
 * (V8's `callFunctionOn` allows it while it lasts), a timer's may not.
 */
function inPage<T>(body: string): Promise<T> {
  return desk.page.evaluate(
    `new Promise((resolve, reject) => setTimeout(() => { (async () => { ${body} })().then(resolve, reject) }, 0))`,
  )
}
/** Runs `body` and gives the directives of the policy that it broke. */
const violations = (body: string) =>
  inPage<string[]>(`
    const broken = []
    const listen = (event) => broken.push(event.effectiveDirective)
    document.addEventListener('securitypolicyviolation', listen)
    ${body}
    await new Promise((resolve) => setTimeout(resolve, 300))
    document.removeEventListener('securitypolicyviolation', listen)
    return [...new Set(broken)]`)
const pause = () => new Promise((resolve) => setTimeout(resolve, 500))

describe('1: what the page has loaded', () => {
  it('comes from its own origin, all of it', async () => {
    const [origin, ...loaded] = await inPage<string[]>(`
      const urls = performance.getEntriesByType('resource').map(({ name }) => name)
      const named = [...document.querySelectorAll('[src], link[href]')].map((element) => element.src || element.href)
      return [location.href, ...urls, ...named].map((url) => url.split('/').slice(0, 3).join('/'))`)
    expect(origin).toMatch(desk.host === 'electron' ? /^app:\/\/token-desk$/ : /token-desk/)
    expect(loaded.length).toBeGreaterThan(1)
    expect(new Set(loaded.filter((url) => !url.startsWith('data:')))).toEqual(new Set([origin]))
  })
})

describe('2, 3, 4, 20: the page', () => {
  it('2, 4: has nothing of Node or Electron', async () => {
    const names = [
      'require',
      'module',
      'exports',
      'process',
      'Buffer',
      'global',
      'electron',
      'ipcRenderer',
      '__dirname',
    ]
    expect(await inPage(`return ${JSON.stringify(names)}.filter((name) => name in globalThis)`)).toEqual([])
  })
  it('20: has the calls of the contract and one way to listen, as functions', async () => {
    expect(await inPage('return Object.keys(api).sort()')).toEqual([...CALL_NAMES, 'on'].sort())
    expect(await inPage("return Object.values(api).every((call) => typeof call === 'function')")).toBe(true)
  })
  it('3: cannot reach the preload through what it changes in its own language', async () => {
    const seen = await inPage<string[]>(`
      const seen = []
      const { includes } = Array.prototype
      Array.prototype.includes = function (...args) {
        if (args[0] === 'tokens:changed') seen.push('preload used the page’s Array')
        return includes.apply(this, args)
      }
      const off = api.on('tokens:changed', () => {})
      Array.prototype.includes = includes
      if (off() !== undefined) seen.push('the preload handed something over')
      return seen`)
    expect(seen).toEqual([])
  })
})

describe('5: permissions', () => {
  it.each([
    ['notifications', 'return Notification.requestPermission()', 'denied'],
    [
      'the place',
      'return new Promise((resolve) => navigator.geolocation.getCurrentPosition(() => resolve("given"), ({ code }) => resolve(code)))',
      1,
    ],
    [
      'camera and microphone',
      'return navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(() => "given", () => "refused")',
      'refused',
    ],
    ['the clipboard', 'return navigator.clipboard.readText().then(() => "given", () => "refused")', 'refused'],
  ])('%s is refused', async (_name, body, answer) => {
    expect(await inPage(body)).toBe(answer)
  })
})

describe('7: the content security policy works', () => {
  it('no inline script', async () => {
    expect(
      await violations(
        `const script = document.createElement('script')
         script.textContent = 'globalThis.inlineRan = true'
         document.body.append(script)
         script.remove()`,
      ),
    ).toEqual(['script-src-elem'])
    expect(await inPage('return "inlineRan" in globalThis')).toBe(false)
  })
  it('no handler in an attribute', async () => {
    expect(
      await violations(`const button = document.createElement('button')
        button.setAttribute('onclick', 'globalThis.handlerRan = true')
        button.click()`),
    ).toEqual(['script-src-attr'])
    expect(await inPage('return "handlerRan" in globalThis')).toBe(false)
  })
  it('no text made into code', async () => {
    for (const body of ["return eval('1')", "return new Function('return 1')()"])
      await expect(inPage(body)).rejects.toThrow(/EvalError|unsafe-eval/)
  })
  it('no script, style, image, frame, worker or plug-in from elsewhere', async () => {
    expect(
      await violations(`
        const add = (tag, values) => {
          const element = Object.assign(document.createElement(tag), values)
          document.body.append(element)
          setTimeout(() => element.remove(), 250)
        }
        add('script', { src: 'https://example.invalid/a.js' })
        add('link', { rel: 'stylesheet', href: 'https://example.invalid/a.css' })
        add('img', { src: 'https://example.invalid/a.png' })
        add('iframe', { src: 'https://example.invalid/' })
        add('object', { data: 'https://example.invalid/a.swf' })
        try { new Worker(URL.createObjectURL(new Blob(['']))) } catch {}`),
    ).toEqual(
      expect.arrayContaining(['script-src-elem', 'style-src-elem', 'img-src', 'frame-src', 'object-src', 'worker-src']),
    )
  })
  it('no request of any kind', async () => {
    expect(
      await violations(`
        await fetch('https://example.invalid/').catch(() => {})
        await fetch(location.href).catch(() => {})
        try { new WebSocket('wss://example.invalid/') } catch {}
        try { new EventSource('https://example.invalid/') } catch {}
        navigator.sendBeacon('https://example.invalid/', 'x')`),
    ).toEqual(['connect-src'])
    await expect(inPage('return fetch(location.href).then(({ status }) => status)')).rejects.toThrow()
  })
  it('no base address and no form', async () => {
    expect(
      await violations(`
        const base = Object.assign(document.createElement('base'), { href: 'https://example.invalid/' })
        document.head.append(base)
        base.remove()
        const form = Object.assign(document.createElement('form'), { action: 'https://example.invalid/', method: 'post' })
        document.body.append(form)
        form.submit()
        form.remove()`),
    ).toEqual(expect.arrayContaining(['base-uri', 'form-action']))
  })
})

describe('11, 12, 13, 14, 17: the window', () => {
  it('13: cannot be led away', async () => {
    const before = desk.page.url()
    for (const url of ['https://example.invalid/', 'file:///etc/passwd', 'data:text/html,x', 'about:blank']) {
      await desk.page.evaluate(`void (location.href = ${JSON.stringify(url)})`).catch(() => {})
      await pause()
      await desk.page.waitForURL(before)
    }
    await desk.page.getByRole('list', { name: 'Profiles' }).waitFor()
  })
  it('14: opens no second one', async () => {
    await desk.page.evaluate("void window.open('https://example.invalid/')").catch(() => {})
    await desk.page.evaluate("void window.open('about:blank', '_blank', 'popup')").catch(() => {})
    await desk.page.evaluate('void window.open(location.href)').catch(() => {})
    await pause()
    await expect.poll(() => desk.page.context().pages().length).toBe(1)
  })
  it('11, 12: a webview tag is a tag without meaning', async () => {
    expect(
      await inPage(`
        const view = document.createElement('webview')
        view.setAttribute('src', location.href)
        document.body.append(view)
        const has = 'getWebContentsId' in view || 'executeJavaScript' in view || view.shadowRoot !== null
        view.remove()
        return has`),
    ).toBe(false)
  })
  it('17: a frame inside has no calls to make', async () => {
    expect(
      await inPage(`
        const made = [['src', location.href], ['src', 'about:blank'], ['srcdoc', '<p>x</p>']].map(([name, value]) => {
          const frame = document.createElement('iframe')
          frame.setAttribute(name, value)
          document.body.append(frame)
          return frame
        })
        await new Promise((resolve) => setTimeout(resolve, 500))
        const found = made.map((frame) => {
          try { return 'api' in frame.contentWindow } catch { return 'out of reach' }
        })
        for (const frame of made) frame.remove()
        return found`),
    ).not.toContain(true)
  })
  it('17: more than the one argument of the contract is refused or dropped, and the app still answers', async () => {
    expect(await inPage("return api['profiles:list']({ surplus: 1 }).then(({ ok }) => ok)")).toBe(false)
    expect(await inPage("return api['profiles:list']().then(({ ok }) => ok)")).toBe(true)
  })
})
