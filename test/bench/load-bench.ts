import { randomUUID } from 'node:crypto'
import autocannon from 'autocannon'
import { startSimulator } from '../../src/main/simulator/server.js'
import { anyKey, pkcs1Pem } from '../helpers/keys.js'
import { type LoadChild, type LoadStart, startChild } from './load-child.js'
import { median, type Row, ratio } from './measure.js'

const CONNECTIONS = 64
const ROUNDS = 5
const ROUND_S = 6
const LEAST_REQUESTS = 100_000
const SOAK_S = { full: 600, brief: 30 } as const
const SAMPLE_EVERY_S = 10
/** Several pass in either; renewed at half of it. */
const SOAK_LIFETIME_S = { full: 120, brief: 20 } as const

async function setUp(tokenLifetimeS: number) {
  const simulator = await startSimulator({ tokenLifetimeS })
  const { privateKey, publicKeyPem } = anyKey()
  const ids = { integrationKey: randomUUID(), userId: randomUUID() }
  simulator.register([
    {
      integrationKey: ids.integrationKey,
      userIds: [ids.userId],
      publicKeyPems: [publicKeyPem],
      redirectUris: [],
    },
  ])
  const start: LoadStart = { ...ids, oauthHost: simulator.host, privateKeyPem: pkcs1Pem(privateKey) }
  return { simulator, start }
}

interface Load {
  readonly total: number
  readonly perS: number
  readonly p99Ms: number
  readonly failed: number
}

/** An answer counts only where it is a token's. */
const holdsToken = (body: string | undefined) => /^\{"success":true,.*"token":"[^"]{100,}"/.test(body ?? '')

async function load({ url, secret }: LoadChild, amount: { amount: number } | { duration: number }): Promise<Load> {
  let good = 0
  const { non2xx, requests, latency, start, finish } = await autocannon({
    url,
    connections: CONNECTIONS,
    headers: { authorization: `Bearer ${secret}` },
    verifyBody(body) {
      const holds = holdsToken(body)
      if (holds) good += 1
      return holds
    },
    ...amount,
  })
  const tookS = (finish.getTime() - start.getTime()) / 1000
  // Of a connection that the server closes in the middle of a request, autocannon says nothing among its errors: it
  // connects again (`httpClient.js`, on 'end'). So what was sent is counted against what came back.
  const unanswered = 'duration' in amount ? CONNECTIONS : 0
  return {
    total: requests.total,
    perS: requests.total / tookS,
    p99Ms: latency.p99,
    failed: requests.sent - unanswered - good + non2xx,
  }
}

/** Ours and the original in turn, in the other order each round. */
export async function againstOriginal(): Promise<Row[]> {
  const { simulator, start } = await setUp(3600)
  const theirs = await startChild('original-route', start)
  const ours = await startChild('our-route', start)
  const warmUp = await load(ours, { amount: 10_000 })
  const ourRequests = simulator.tokenRequests
  // Callers that come at once each make it ask: it has no single flight.
  await load(theirs, { amount: 10_000 })
  const requestsBefore = simulator.tokenRequests
  const rounds: { ours: Load; theirs: Load }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const one = { duration: ROUND_S }
    const [first, second] = round % 2 === 0 ? [ours, theirs] : [theirs, ours]
    const [a, b] = [await load(first, one), await load(second, one)]
    rounds.push(round % 2 === 0 ? { ours: a, theirs: b } : { ours: b, theirs: a })
  }
  const loads = [warmUp, ...rounds.map((round) => round.ours)]
  const missing = LEAST_REQUESTS - totalOf(loads)
  if (missing > 0) loads.push(await load(ours, { amount: Math.max(missing, CONNECTIONS) }))
  const requests = simulator.tokenRequests
  ours.stop()
  theirs.stop()
  await simulator.close()
  const perS = median(rounds.map((round) => round.ours.perS / round.theirs.perS))
  const p99 = {
    ours: median(rounds.map((round) => round.ours.p99Ms)),
    theirs: median(rounds.map((round) => round.theirs.p99Ms)),
  }
  // An original that fails is no measure.
  const failed = { ours: failedOf(loads), theirs: failedOf(rounds.map((round) => round.theirs)) }
  const speeds = (of: 'ours' | 'theirs') =>
    Math.round(median(rounds.map((round) => round[of].perS))).toLocaleString('en')
  return [
    {
      what: `Token server against the original route on Express 5, requests per second at ${CONNECTIONS} connections, median of ${ROUNDS} rounds`,
      measured: `${ratio(perS)} (${speeds('ours')} / ${speeds('theirs')})`,
      limit: '≥ 2 ×',
      kept: perS >= 2,
    },
    {
      what: 'The same, 99th percentile of the latency',
      measured: `${ratio(p99.ours / p99.theirs)} (${p99.ours} ms / ${p99.theirs} ms)`,
      limit: '1 ×',
      kept: p99.ours <= p99.theirs,
    },
    {
      what: `Requests to the token server that failed, of ${totalOf(loads).toLocaleString('en')} (to the original meanwhile)`,
      measured: `${failed.ours} (${failed.theirs})`,
      limit: '0',
      kept: failed.ours === 0 && failed.theirs === 0,
    },
    {
      what: `Token requests upstream for all ${totalOf(loads).toLocaleString('en')} requests to ours (the original, for its own: ${requestsBefore - ourRequests})`,
      measured: String(ourRequests + requests - requestsBefore),
      limit: '1',
      kept: ourRequests === 1 && requests === requestsBefore,
    },
  ]
}

const totalOf = (loads: readonly Load[]) => loads.reduce((sum, { total }) => sum + total, 0)
const failedOf = (loads: readonly Load[]) => loads.reduce((sum, { failed }) => sum + failed, 0)

/** Load without a pause, and the memory of the loaded process meanwhile. */
export async function soak(brief: boolean): Promise<Row[]> {
  const length = brief ? 'brief' : 'full'
  const [durationS, lifetimeS] = [SOAK_S[length], SOAK_LIFETIME_S[length]]
  const { simulator, start } = await setUp(lifetimeS)
  const child = await startChild('our-route', start)
  const beganMs = performance.now()
  await load(child, { amount: 20_000 })
  const usedMb: number[] = []
  const rssMb: number[] = []
  const loads: Load[] = []
  for (let passedS = 0; passedS < durationS; passedS += SAMPLE_EVERY_S) {
    loads.push(await load(child, { duration: SAMPLE_EVERY_S }))
    const { usedBytes, rssBytes } = await child.memory()
    usedMb.push(usedBytes / 2 ** 20)
    rssMb.push(rssBytes / 2 ** 20)
  }
  const requests = simulator.tokenRequests
  // As long as it really took: the pauses between two loads are not nothing.
  const renewals = Math.floor((performance.now() - beganMs) / 1000 / (lifetimeS / 2))
  child.stop()
  await simulator.close()
  const [failed, served] = [failedOf(loads), totalOf(loads)]
  const { growthMb, meanMb } = trend(usedMb)
  const mb = (value: number | undefined) => `${(value ?? 0).toFixed(1)} MB`
  const time = brief ? `${durationS} s (--brief)` : `${durationS / 60} minutes`
  return [
    {
      what: `Heap and buffers of the token server over ${time} of load (${served.toLocaleString('en')} requests, ${failed} failed)`,
      measured: `${mb(usedMb[0])} → ${mb(usedMb.at(-1))}, trend ${growthMb < 0 ? '−' : '+'}${mb(Math.abs(growthMb))}; resident ${mb(rssMb[0])} → ${mb(rssMb.at(-1))}`,
      limit: 'trend within 5 % or 2 MB, 0 failed',
      kept: failed === 0 && Math.abs(growthMb) <= Math.max(2, meanMb * 0.05),
    },
    {
      what: `Token requests meanwhile, of tokens that live ${lifetimeS} s and are renewed at half of it`,
      measured: String(requests),
      // The first one, and a renewal each time; the last may not have been due before the last call.
      limit: `${renewals} or ${renewals + 1}`,
      kept: requests === renewals || requests === renewals + 1,
    },
  ]
}

/** Least squares over what comes after the first fifth: by how much it grows from its first to its last sample. */
function trend(samples: readonly number[]): { growthMb: number; meanMb: number } {
  const settled = samples.slice(Math.floor(samples.length / 5))
  const meanMb = settled.reduce((sum, value) => sum + value, 0) / settled.length
  const meanAt = (settled.length - 1) / 2
  const slope =
    settled.reduce((sum, value, at) => sum + (at - meanAt) * (value - meanMb), 0) /
    settled.reduce((sum, _value, at) => sum + (at - meanAt) ** 2, 0)
  return { growthMb: slope * (settled.length - 1), meanMb }
}
