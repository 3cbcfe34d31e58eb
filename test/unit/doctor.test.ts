import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { dataFolders } from '../../src/cli/data-folders.js'
import { checkDataFolder } from '../../tools/doctor/data-folder.js'
import { checkHosts, checkNode } from '../../tools/doctor/host-programs.js'
import { checkHost } from '../../tools/doctor/network.js'
import { checkProtection } from '../../tools/doctor/protection.js'
import { asJson, asText, standsInTheWay } from '../../tools/doctor/report.js'
import { FakeCipher } from '../helpers/fake-cipher.js'

const nowMs = () => Date.parse('2026-01-01T00:10:00Z')

describe('a host', () => {
  let server: Server | null = null
  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
    server = null
  })
  /** Answers as the host would; `null`: takes the request and stays silent. */
  async function listening(status: number | null, date?: string): Promise<string> {
    server = createServer((_request, response) => {
      if (status === null) return
      response.sendDate = false
      response.writeHead(status, date === undefined ? {} : { Date: date }).end()
    }).listen(0, '127.0.0.1')
    await new Promise((done) => server?.once('listening', done))
    return `127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const look = (origin: string) => checkHost(origin, { fetch, nowMs, timeoutMs: 300 })

  it('that answers is ok, whatever its status, and so is a clock that agrees', async () => {
    for (const status of [200, 302, 404, 503]) {
      const host = await listening(status, 'Thu, 01 Jan 2026 00:09:58 GMT')
      expect(await look(`http://${host}`)).toMatchObject([
        { level: 'ok', message: `${host} answers.` },
        { level: 'ok', message: `This computer’s clock is 2 s ahead of ${host}.` },
      ])
      server?.close()
    }
  })
  it('tells how far the clock is off, and what to do', async () => {
    const host = await listening(200, 'Thu, 01 Jan 2026 00:20:00 GMT')
    const [, clock] = await look(`http://${host}`)
    expect(clock).toMatchObject({ level: 'stop', fix: 'Set the clock to automatic.' })
    expect(clock?.message).toContain('600 s behind')
  })
  it.each([[undefined], ['yesterday']])('says nothing of the clock for a Date header of %s', async (date) => {
    expect(await look(`http://${await listening(200, date)}`)).toHaveLength(1)
  })
  it('that is silent, refuses, has no name or speaks no TLS is told in words', async () => {
    const silent = await listening(null)
    expect((await look(`http://${silent}`))[0]?.message).toMatch(/no answer within/)
    server?.closeAllConnections()
    server?.close()
    expect((await look(`http://${silent}`))[0]?.message).toMatch(/refused/)
    expect((await look('https://token-desk.invalid'))[0]?.message).toMatch(/\(DNS\)/)
    const untrusted = () => Promise.reject(new TypeError('fetch failed', { cause: certificateError() }))
    const [finding] = await checkHost('https://localhost', { fetch: untrusted, nowMs })
    expect(finding).toMatchObject({ level: 'stop', fix: expect.stringContaining('proxy') })
    expect(finding?.message).toMatch(/\(TLS\)/)
  })
})
const certificateError = () => Object.assign(new Error('self-signed'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' })

describe('the data folder', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'token-desk-doctor-'))
  const idsIn = (path: string) => checkDataFolder(path, 'linux').map(({ id, level }) => `${level} ${id.split(':')[0]}`)

  it('that is missing, empty or in order is ok', () => {
    const path = folder()
    expect(idsIn(join(path, 'none'))).toEqual(['ok data'])
    expect(idsIn(path)).toEqual(['ok data'])
    writeFileSync(join(path, 'profiles.json'), '{}', { mode: 0o600 })
    expect(idsIn(path)).toEqual(['ok data'])
  })
  it('damage, files set aside, open modes and leftovers are named, each with what to do, and nothing is changed', () => {
    const path = folder()
    writeFileSync(join(path, 'profiles.json'), '{"canary', { mode: 0o600 })
    writeFileSync(join(path, 'vault.json'), '{"keys":{"canary":1}}')
    chmodSync(join(path, 'vault.json'), 0o644)
    writeFileSync(join(path, 'vault.json.corrupt-2026-01-01T00-00-00-000Z'), 'canary')
    writeFileSync(join(path, 'vault.json.tmp'), 'canary')
    const before = readdirSync(path)
    const findings = checkDataFolder(path, 'linux')
    expect(idsIn(path)).toEqual(['warn file', 'warn mode', 'warn aside', 'warn leftover'])
    expect(findings.every(({ fix }) => fix)).toBe(true)
    expect(asText(findings) + asJson(findings)).not.toContain('canary')
    expect(readdirSync(path)).toEqual(before)
    // Windows keeps no such modes.
    expect(checkDataFolder(path, 'win32').map(({ id }) => id.split(':')[0])).not.toContain('mode')
  })
  it('the pointer to the running app is looked at for its mode alone', () => {
    const path = folder()
    writeFileSync(join(path, 'command-line.json'), 'no JSON', { mode: 0o600 })
    expect(idsIn(path)).toEqual(['ok data'])
    chmodSync(join(path, 'command-line.json'), 0o644)
    expect(idsIn(path)).toEqual(['warn mode'])
  })
  it('that is no folder, or whose document cannot be read, stands in the way', () => {
    const path = folder()
    writeFileSync(join(path, 'file'), '')
    expect(idsIn(join(path, 'file'))).toEqual(['stop data'])
    mkdirSync(join(path, 'vault.json'))
    expect(idsIn(path)).toEqual(['stop file'])
  })
  it('is the one that was asked for, else both hosts’ own', () => {
    expect(dataFolders({ TOKENDESK_USER_DATA: '/x/y' }, 'linux', 'Token Desk')).toEqual([resolve('/x/y')])
    const config = resolve('/c')
    expect(dataFolders({ XDG_CONFIG_HOME: config }, 'linux', 'Token Desk')).toEqual([
      join(config, 'Token Desk'),
      join(config, 'Token Desk (browser host)'),
    ])
  })
})

describe('what runs the app', () => {
  const levels = (electron: string | null, find: () => string | null) => checkHosts(electron, find).map((f) => f.level)
  it('Electron or a browser is enough, neither is not', () => {
    expect(levels('/e', () => null)).toEqual(['ok', 'warn'])
    expect(levels(null, () => '/b')).toEqual(['warn', 'ok'])
    expect(levels(null, () => null)).toEqual(['warn', 'stop'])
  })
  it('a TOKENDESK_BROWSER that is none is told', () => {
    const [, browser] = checkHosts('/e', () => {
      throw new Error('no program')
    })
    expect(browser?.message).toContain('TOKENDESK_BROWSER')
  })
  it.each([
    ['v20.19.0', 'ok'],
    ['v20.20.2', 'ok'],
    ['v22.0.0', 'ok'],
    ['v20.18.9', 'stop'],
    ['v18.20.0', 'stop'],
  ])('Node %s is %s', (version, level) => {
    expect(checkNode(version, '>=20.19.0').level).toBe(level)
  })
})

describe('what protects keys', () => {
  it('the keyring’s word, and that safeStorage was not asked', async () => {
    const keyring = new FakeCipher('keyring')
    expect(await checkProtection(keyring)).toMatchObject({ level: 'ok' })
    keyring.protects = false
    const finding = await checkProtection(keyring)
    expect(finding).toMatchObject({ level: 'warn', fix: expect.stringContaining('passphrase') })
    expect(finding.message).toContain('inside the app only')
  })
  it('a keyring that waits for its password is not waited for', async () => {
    const finding = await checkProtection({ probe: () => new Promise(() => {}) }, 20)
    expect(finding).toMatchObject({ level: 'warn', message: expect.stringContaining('did not answer') })
  })
})

describe('the report', () => {
  const ok = { id: 'a', level: 'ok', message: 'Fine.' } as const
  const warn = { id: 'b', level: 'warn', message: 'Less.', fix: 'Do this.' } as const
  const stop = { id: 'c', level: 'stop', message: 'No.', fix: 'Do that.' } as const
  it('only a stop stands in the way', () => {
    expect(standsInTheWay([ok, warn])).toBe(false)
    expect(standsInTheWay([ok, stop])).toBe(true)
  })
  it('says the same as text and as JSON', () => {
    expect(asText([warn, stop])).toContain('→ Do that.')
    expect(JSON.parse(asJson([ok, stop]))).toEqual({ ok: false, findings: [ok, stop] })
  })
  it('the built doctor never loads electron', () => {
    const tools = resolve(import.meta.dirname, '..', '..', 'out', 'tools')
    const seen = new Set<string>()
    const visit = (path: string): string => {
      if (seen.has(path)) return ''
      seen.add(path)
      const text = readFileSync(path, 'utf8')
      const near = [...text.matchAll(/["'](\.\.?\/[^"']+\.js)["']/g)].map(([, name = '']) => join(dirname(path), name))
      return text + near.map(visit).join('')
    }
    expect(visit(join(tools, 'doctor.js'))).not.toMatch(/(from|import\(|require\()\s*["']electron["']/)
  })
})
