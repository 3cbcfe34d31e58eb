import { createServer } from 'node:http'
import { LOOPBACK_ADDRESSES, listenOnLoopback } from '../core/loopback-listen.js'

const LOOKED_AT = 50

/** The next port after `port` that nobody holds now; `null` where there is none near. */
export async function nextFreePort(port: number): Promise<number | null> {
  for (let next = port + 1; next <= Math.min(65_535, port + LOOKED_AT); next += 1) if (await isFree(next)) return next
  return null
}

async function isFree(port: number): Promise<boolean> {
  try {
    const probe = await listenOnLoopback(LOOPBACK_ADDRESSES, port, () => createServer())
    probe.close()
    return true
  } catch {
    return false
  }
}
