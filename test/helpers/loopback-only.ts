import dns from 'node:dns'
import net from 'node:net'
import { isLoopbackHost } from '../../src/shared/environments.js'

/** Tests never leave this computer: a connection to anywhere else fails the test that made it. */
// RFC 6761 section 6.4: `.invalid` never resolves; the tests of DNS failures need a name that fails.
const isAllowed = (host: string) => isLoopbackHost(host) || host === '::1' || host.endsWith('.invalid')

const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  const [first] = Array.isArray(args[0]) ? args[0] : args
  const host =
    typeof first === 'object' && first !== null ? (first as { host?: string; path?: string }).host : undefined
  const isPipe =
    typeof first === 'string' || (typeof first === 'object' && first !== null && 'path' in first && Boolean(first.path))
  if (!isPipe && host !== undefined && !isAllowed(host)) {
    throw new Error(`A test tried to reach ${host}`)
  }
  return Reflect.apply(connect, this, args)
} as typeof connect

const lookup = dns.lookup
dns.lookup = ((host: string, ...rest: unknown[]) => {
  if (!isAllowed(host)) throw new Error(`A test tried to look up ${host}`)
  return Reflect.apply(lookup, dns, [host, ...rest])
}) as typeof dns.lookup
