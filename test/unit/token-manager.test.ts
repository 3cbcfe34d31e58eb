import { beforeEach, describe, expect, it } from 'vitest'
import { deskError } from '../../src/main/core/desk-error.js'
import type { GrantedToken, RequestToken } from '../../src/main/core/jwt-grant.js'
import { REQUEST_TIMEOUT_MS } from '../../src/main/core/retry.js'
import { cacheKeyOf, createTokenManager, type TokenManager, type TokenSpec } from '../../src/main/core/token-manager.js'
import { codeOf, failureOf } from '../helpers/errors.js'
import { FakeClock, settle } from '../helpers/fake-clock.js'
import { anyKey } from '../helpers/keys.js'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

const spec: TokenSpec = {
  environment: 'demo',
  oauthHost: 'account-d.docusign.com',
  integrationKey: '11111111-2222-4333-8444-555555555555',
  userId: '66666666-7777-4888-9999-000000000000',
  scopes: ['signature', 'impersonation'],
  assertionLifetimeS: 600,
  keyId: 'k1',
  keyFingerprint: 'aa:bb',
}

let clock: FakeClock
let requests: number
/** What Docusign does next; replaced by single tests. */
let answer: (signal: AbortSignal) => Promise<GrantedToken>
let manager: TokenManager
const granted = (lifetimeMs = HOUR_MS): GrantedToken => ({
  accessToken: `token-${requests}`,
  lifetimeMs,
  sentAt: clock.read(),
  traceToken: null,
})

beforeEach(() => {
  clock = new FakeClock()
  requests = 0
  answer = async () => granted()
  const requestToken: RequestToken = (_request, _key, signal) => {
    requests += 1
    return answer(signal)
  }
  manager = createTokenManager({ clock, requestToken, useKey: (_id, work) => work(anyKey().privateKey) })
})

const text = async (promise: Promise<GrantedToken>) => (await promise).accessToken

describe('a token lives as long as Docusign said', () => {
  it('is served from the cache until five minutes before its end, then renewed', async () => {
    expect(await text(manager.get(spec))).toBe('token-1')
    await clock.advance(HOUR_MS - 5 * MINUTE_MS - 1)
    expect(await text(manager.get(spec))).toBe('token-1')
    await clock.advance(1)
    expect(await text(manager.get(spec))).toBe('token-2')
  })
  it('the margin is 300 real seconds, not 30', async () => {
    await manager.get(spec)
    await clock.advance(HOUR_MS - 299_000)
    expect(manager.judge(spec)).toBe('renew')
  })
  it('follows expires_in, whatever it is', async () => {
    answer = async () => granted(8 * HOUR_MS)
    await manager.get(spec)
    await clock.advance(7 * HOUR_MS)
    expect(await text(manager.get(spec))).toBe('token-1')
  })
  it('one that lives no longer than the margin is not asked for at each call', async () => {
    answer = async () => granted(2 * MINUTE_MS)
    await manager.get(spec)
    await clock.advance(59_000)
    expect(await text(manager.get(spec))).toBe('token-1')
    await clock.advance(1000)
    expect(await text(manager.get(spec))).toBe('token-2')
  })
  it('counts from when the request was sent, not from when the answer came', async () => {
    const sentAt = clock.read()
    answer = async () => ({ accessToken: 't', lifetimeMs: HOUR_MS, sentAt, traceToken: null })
    await clock.advance(10 * MINUTE_MS)
    await manager.get(spec)
    await clock.advance(50 * MINUTE_MS)
    expect(manager.peek(spec)).toBeNull()
  })
})

describe('a dead token is never served', () => {
  beforeEach(async () => {
    await manager.get(spec)
  })
  it('after the machine slept', () => {
    clock.suspend(2 * HOUR_MS)
    expect(manager.peek(spec)).toBeNull()
  })
  it('after the clock was set back', async () => {
    await clock.advance(30 * MINUTE_MS)
    clock.setWall(-10 * HOUR_MS)
    await clock.advance(31 * MINUTE_MS)
    expect(manager.peek(spec)).toBeNull()
  })
  it('after the clock was set forward, and back again', () => {
    clock.setWall(5 * HOUR_MS)
    expect(manager.peek(spec)).toBeNull()
    clock.setWall(-5 * HOUR_MS)
    expect(manager.peek(spec)).toBeNull()
  })
})

describe('one request, however many callers', () => {
  it('a thousand at once send one request', async () => {
    const all = await Promise.all(Array.from({ length: 1000 }, () => manager.get(spec)))
    expect(requests).toBe(1)
    expect(new Set(all.map(({ accessToken }) => accessToken))).toEqual(new Set(['token-1']))
  })
  it('a fresh one that is asked for meanwhile joins the request on its way', async () => {
    await Promise.all([manager.get(spec), manager.get(spec, { fresh: true })])
    expect(requests).toBe(1)
  })
  it('a failure reaches every caller and is not remembered', async () => {
    answer = async () => {
      throw deskError('consent_required')
    }
    const outcomes = await Promise.allSettled([manager.get(spec), manager.get(spec)])
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(requests).toBe(1)
    answer = async () => granted()
    expect(await text(manager.get(spec))).toBe('token-2')
  })
})

describe('each token belongs to all it depends on', () => {
  it.each<[string, Partial<TokenSpec>]>([
    ['environment', { environment: 'production' }],
    ['OAuth host', { oauthHost: 'account.docusign.com' }],
    ['integration key', { integrationKey: '99999999-2222-4333-8444-555555555555' }],
    ['user', { userId: '99999999-7777-4888-9999-000000000000' }],
    ['grant', { userId: null }],
    ['scopes', { scopes: ['signature', 'impersonation', 'click.manage'] }],
    ['key', { keyFingerprint: 'cc:dd' }],
  ])('another %s is another token', (_name, change) => {
    expect(cacheKeyOf({ ...spec, ...change })).not.toBe(cacheKeyOf(spec))
  })
  it('the order of the scopes and the case of a GUID make no difference', () => {
    const same = { ...spec, scopes: ['impersonation', 'signature'], userId: spec.userId?.toUpperCase() ?? null }
    expect(cacheKeyOf(same)).toBe(cacheKeyOf(spec))
  })
})

describe('a change makes old answers worthless', () => {
  it('invalidating forgets the cached token', async () => {
    await manager.get(spec)
    manager.invalidate(({ keyId }) => keyId === 'k1')
    expect(manager.peek(spec)).toBeNull()
  })
  it('and leaves those of others alone', async () => {
    await manager.get(spec)
    manager.invalidate(({ keyId }) => keyId === 'k2')
    expect(manager.peek(spec)).not.toBeNull()
  })
  it('a late answer to an old request is thrown away and never overwrites a newer one', async () => {
    const old = withResolvers<GrantedToken>()
    answer = () => old.promise
    const first = manager.get(spec)
    const firstFailure = failureOf(() => first)
    await settle()
    manager.invalidate(() => true)
    answer = async () => granted()
    const second = await manager.get(spec)
    old.resolve({ accessToken: 'stale', lifetimeMs: HOUR_MS, sentAt: clock.read(), traceToken: null })
    expect((await firstFailure).code).toBe('superseded')
    await settle()
    expect(manager.peek(spec)).toBe(second)
    expect(requests).toBe(2)
  })
})

describe('a server in trouble', () => {
  const failTimes = (times: number) => async () => {
    if (requests <= times) throw deskError('provider_unavailable')
    return granted()
  }
  it('is tried three times with growing waits', async () => {
    answer = failTimes(2)
    const token = manager.get(spec)
    await settle()
    expect(requests).toBe(1)
    await clock.advance(400)
    expect(requests).toBe(2)
    await clock.advance(1599)
    expect(requests).toBe(2)
    await clock.advance(1)
    expect(await text(token)).toBe('token-3')
  })
  it('and not a fourth time', async () => {
    answer = failTimes(3)
    const code = codeOf(() => manager.get(spec))
    await settle()
    await clock.advance(400)
    await clock.advance(1600)
    expect(await code).toBe('provider_unavailable')
    expect(requests).toBe(3)
  })
  it.each(['consent_required', 'signature_rejected', 'dns_failed', 'token_unusable'] as const)(
    '%s is not retried',
    async (code) => {
      answer = async () => {
        throw deskError(code)
      }
      expect(await codeOf(() => manager.get(spec))).toBe(code)
      expect(requests).toBe(1)
    },
  )
  it('a hung request times out after 15 s and does not block the next', async () => {
    answer = () => new Promise(() => {})
    const code = codeOf(() => manager.get(spec))
    await settle()
    await clock.advance(REQUEST_TIMEOUT_MS)
    expect(await code).toBe('timeout')
    answer = async () => granted()
    expect(await text(manager.get(spec))).toBe('token-2')
  })
  it('no timer is left behind', async () => {
    await manager.get(spec)
    expect(clock.sleeping).toBe(0)
  })
  it('a renewal that failed in passing is not tried again by each caller', async () => {
    await manager.get(spec)
    await clock.advance(HOUR_MS - 2 * MINUTE_MS)
    answer = async () => {
      throw deskError('offline')
    }
    for (let made = 0; made < 100; made += 1) expect(await text(manager.get(spec))).toBe('token-1')
    expect(requests).toBe(2)
    await clock.advance(10_000)
    for (let made = 0; made < 100; made += 1) expect(await text(manager.get(spec))).toBe('token-1')
    expect(requests).toBe(3)
    await clock.advance(10_000)
    answer = async () => granted()
    expect(await text(manager.get(spec))).toBe('token-4')
  })
  it('a fresh one that was asked for in vain pauses the renewals of others, too', async () => {
    await manager.get(spec)
    await clock.advance(HOUR_MS - 2 * MINUTE_MS)
    answer = async () => {
      throw deskError('offline')
    }
    expect(await codeOf(() => manager.get(spec, { fresh: true }))).toBe('offline')
    for (let made = 0; made < 100; made += 1) expect(await text(manager.get(spec))).toBe('token-1')
    expect(requests).toBe(2)
  })
  it('a renewal that failed in passing does not hide that the token has died', async () => {
    await manager.get(spec)
    await clock.advance(HOUR_MS - 5000)
    answer = async () => {
      throw deskError('offline')
    }
    expect(await text(manager.get(spec))).toBe('token-1')
    await clock.advance(5000)
    expect(await codeOf(() => manager.get(spec))).toBe('offline')
  })
  it('a renewal that fails in passing serves the present token; a refusal is told', async () => {
    await manager.get(spec)
    await clock.advance(HOUR_MS - 2 * MINUTE_MS)
    answer = async () => {
      throw deskError('offline')
    }
    expect(await text(manager.get(spec))).toBe('token-1')
    expect(await codeOf(() => manager.get(spec, { fresh: true }))).toBe('offline')
    await clock.advance(10_000)
    answer = async () => {
      throw deskError('consent_required')
    }
    expect(await codeOf(() => manager.get(spec))).toBe('consent_required')
  })
})

describe('a server that asks to wait', () => {
  const limited = (retryAfterMs: number) => async () => {
    throw deskError('rate_limited', { retryAfterMs })
  }
  it('is left alone until the wait is over', async () => {
    answer = limited(30_000)
    expect(await codeOf(() => manager.get(spec))).toBe('rate_limited')
    await clock.advance(20_000)
    const failure = await failureOf(() => manager.get(spec))
    expect(failure).toMatchObject({ code: 'rate_limited', retryAfterMs: 10_000 })
    expect(failure.message).toContain('10 seconds')
    expect(requests).toBe(1)
    await clock.advance(10_000)
    answer = async () => granted()
    expect(await text(manager.get(spec))).toBe('token-2')
  })
  it('is waited for when the wait is short', async () => {
    answer = async () => (requests === 1 ? limited(2000)() : granted())
    const token = manager.get(spec)
    await settle()
    await clock.advance(2000)
    expect(await text(token)).toBe('token-2')
  })
})

/** `Promise.withResolvers` came with Node 22. */
function withResolvers<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
