import type { PowerMonitor } from 'electron'
import { events, guard } from './guard.js'

const { emit, methods } = events<PowerMonitor>('electron.powerMonitor', ['suspend', 'resume'])
const TICK_MS = 5_000
const SLEPT_MS = 30_000

/**
 * Node hears nothing of sleep, but its clock jumps: a tick that comes far too late means the computer slept.
 * `suspend` is never known in time, so it never comes.
 */
let last = Date.now()
setInterval(() => {
  const slept = Date.now() - last - TICK_MS > SLEPT_MS
  last = Date.now()
  if (slept) emit('resume')
}, TICK_MS).unref()

export const powerMonitor = guard('electron.powerMonitor', { ...methods } satisfies Partial<PowerMonitor>)
