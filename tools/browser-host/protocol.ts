import type { Protocol } from 'electron'
import { setScheme } from './app-url.js'
import { guard } from './guard.js'

type Handler = Parameters<Protocol['handle']>[1]

let handler: Handler | null = null
export const protocolHandler = (): Handler | null => handler

export const protocol = guard('electron.protocol', {
  /** Nothing to do: Chromium sees the app's pages under https (app-url.ts), which is standard and secure already. */
  registerSchemesAsPrivileged: () => {},
  handle(scheme, given) {
    setScheme(scheme)
    handler = given
  },
} satisfies Partial<Protocol>)
