import type { Net } from 'electron'
import { guard } from './guard.js'

/** Node's fetch: unlike Electron's it knows neither the system's proxy nor its certificates. */
export const net = guard('electron.net', {
  fetch: (input, init) => fetch(input as string, init as RequestInit),
} satisfies Partial<Net>)
