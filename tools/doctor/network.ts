import { networkError } from '../../src/main/core/network-errors.js'
import type { ErrorCode } from '../../src/shared/result.js'
import type { Finding } from './finding.js'

const ANSWER_TIMEOUT_MS = 5000
/** RFC 7519 section 4.1.4 allows "a few minutes" of leeway; the Date header itself is a second or two old. */
const SKEW_WARN_MS = 60_000

const WORDS: Partial<Record<ErrorCode, readonly [string, string]>> = {
  offline: ['no network leads there', 'Connect to a network.'],
  dns_failed: ['its name is not found (DNS)', 'Check the network, the VPN and the DNS server.'],
  tls_failed: [
    'its certificate is not trusted (TLS)',
    'A proxy that inspects traffic, or a wrong clock, is the usual cause. Have its certificate trusted by this computer.',
  ],
  connection_refused: ['the connection is refused', 'Check the firewall and the proxy.'],
  timeout: [`no answer within ${ANSWER_TIMEOUT_MS / 1000} s`, 'Check the network, the firewall and the proxy.'],
}

type Head = (url: string, init: { method: 'HEAD'; redirect: 'manual'; signal: AbortSignal }) => Promise<Response>

interface Parts {
  readonly fetch: Head
  readonly nowMs: () => number
  readonly timeoutMs?: number
}

/**
 * Whether something answers at `origin`, and how far this computer's clock is from it. Any status counts as an answer:
 * a HEAD of the start page proves name, way and certificate, and no more. Node asks here; Electron, in the app,
 * follows the system's proxy and certificates besides, so the two may differ.
 */
export async function checkHost(origin: string, parts: Parts): Promise<Finding[]> {
  const { fetch, nowMs, timeoutMs = ANSWER_TIMEOUT_MS } = parts
  const { host } = new URL(origin)
  const id = `host:${host}`
  try {
    const { headers } = await fetch(origin, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    })
    return [{ id, level: 'ok', message: `${host} answers.` }, ...checkClock(host, headers.get('Date'), nowMs())]
  } catch (thrown) {
    const late = thrown instanceof Error && thrown.name === 'TimeoutError'
    const [words, fix] = WORDS[late ? 'timeout' : networkError(thrown).code] ?? [
      'the connection broke',
      'Check the network and try again.',
    ]
    return [{ id, level: 'stop', message: `${host} cannot be reached: ${words}.`, fix }]
  }
}

function checkClock(host: string, date: string | null, nowMs: number): Finding[] {
  const theirsMs = Date.parse(date ?? '')
  const id = `clock:${host}`
  if (Number.isNaN(theirsMs)) return []
  const skewS = Math.round((nowMs - theirsMs) / 1000)
  const by = `${Math.abs(skewS)} s ${skewS < 0 ? 'behind' : 'ahead of'} ${host}`
  if (Math.abs(skewS) * 1000 <= SKEW_WARN_MS) return [{ id, level: 'ok', message: `This computer’s clock is ${by}.` }]
  return [
    {
      id,
      level: 'stop',
      message: `This computer’s clock is ${by}: Docusign may refuse what it signs.`,
      fix: 'Set the clock to automatic.',
    },
  ]
}
