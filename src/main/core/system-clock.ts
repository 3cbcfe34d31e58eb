import { setTimeout as delay } from 'node:timers/promises'
import { readClock } from '../../shared/lifetime.js'
import type { Clock } from './ports.js'

export const systemClock: Clock = {
  read: readClock,
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
}
