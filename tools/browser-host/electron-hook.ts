import type { InitializeHook, ResolveHook } from 'node:module'

/** A module hook of Node (it runs on a thread of its own): `electron` means the stand-in. */
let standInUrl = ''

export const initialize: InitializeHook<string> = (url) => {
  standInUrl = url
}

export const resolve: ResolveHook = (specifier, context, next) =>
  specifier === 'electron' ? { url: standInUrl, shortCircuit: true } : next(specifier, context)
