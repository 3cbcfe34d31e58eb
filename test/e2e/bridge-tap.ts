import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FromPage, ToPage } from '../../tools/browser-host/page/isolated-world.js'

/** Something that main gave to the page: the answer to a call, or an event. */
export interface Crossing {
  readonly kind: 'answer' | 'event'
  /** The call's or the event's name in the contract. */
  readonly name: string
  readonly text: string
}

/**
 * Listens at the one place through which everything passes between main and page in the browser host: the pipe to
 * Chromium, both ways, from the first message on. Nothing of the app or the host takes part in it.
 */
export interface BridgeTap {
  /** To be run in the host before anything else. */
  readonly module: string
  crossings(): Crossing[]
  /** Removes the records, which hold what passed. */
  remove(): void
}

export function createBridgeTap(): BridgeTap {
  const folder = mkdtempSync(join(tmpdir(), 'token-desk-tap-'))
  const path = (direction: 'to' | 'from') => join(folder, direction)
  const module = `
    import { appendFileSync } from 'node:fs'
    import { syncBuiltinESMExports } from 'node:module'
    import processes from 'node:child_process'
    const { spawn } = processes
    processes.spawn = (...args) => {
      const child = spawn(...args)
      const [, , , toChromium, fromChromium] = child.stdio
      if (toChromium && fromChromium) {
        const write = toChromium.write.bind(toChromium)
        toChromium.write = (chunk, ...rest) => {
          appendFileSync(${JSON.stringify(path('to'))}, chunk, { mode: 0o600 })
          return write(chunk, ...rest)
        }
        fromChromium.on('data', (chunk) => appendFileSync(${JSON.stringify(path('from'))}, chunk, { mode: 0o600 }))
      }
      return child
    }
    syncBuiltinESMExports()
  `
  const messages = (direction: 'to' | 'from'): Message[] =>
    readFileSync(path(direction), 'utf8')
      .split('\0')
      .slice(0, -1)
      .map((text) => JSON.parse(text) as Message)
  return {
    module,
    crossings() {
      const asked = new Map<string, string>()
      for (const { method, params } of messages('from')) {
        if (method !== 'Runtime.bindingCalled' || !params?.payload) continue
        const call = JSON.parse(params.payload) as FromPage
        // Each document counts its calls from one again.
        if (call.kind === 'invoke') asked.set(`${params.executionContextId} ${call.id}`, call.channel)
      }
      return messages('to').flatMap(({ method, params }): Crossing[] => {
        const text = params?.arguments?.[0]?.value
        if (method !== 'Runtime.callFunctionOn' || text === undefined) return []
        const message = JSON.parse(text) as ToPage
        if (message.kind === 'event') return [{ kind: 'event', name: message.channel, text }]
        const name = asked.get(`${params?.executionContextId} ${message.id}`)
        if (name === undefined) throw new Error('an answer to a call that nobody heard')
        return [{ kind: 'answer', name, text }]
      })
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** What is used here of the DevTools protocol's messages. */
interface Message {
  readonly method?: string
  readonly params?: {
    readonly payload?: string
    readonly executionContextId?: number
    readonly arguments?: readonly { readonly value: string }[]
  }
}
