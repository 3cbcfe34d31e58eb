import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A server under load has a process of its own: the parent tells it what to serve, and asks how much memory it has. */

export interface LoadStart {
  readonly oauthHost: string
  readonly integrationKey: string
  readonly userId: string
  readonly privateKeyPem: string
}
export interface LoadStarted {
  readonly url: string
  readonly secret: string
}
export interface Memory {
  /** V8's heap after a collection, and what its objects hold outside of it, such as buffers. */
  readonly usedBytes: number
  readonly rssBytes: number
}

type ToChild = { readonly start: LoadStart } | 'memory'

export function whenTold(start: (told: LoadStart) => Promise<LoadStarted>): void {
  process.on('message', (message: ToChild) => {
    if (message !== 'memory') void start(message.start).then((started) => process.send?.(started))
  })
  // With its parent it goes.
  process.on('disconnect', () => process.exit(0))
}

export function answerMemory(): void {
  process.on('message', (message: ToChild) => {
    if (message !== 'memory') return
    globalThis.gc?.()
    const { heapUsed, external, rss } = process.memoryUsage()
    process.send?.({ usedBytes: heapUsed + external, rssBytes: rss } satisfies Memory)
  })
}

export interface LoadChild extends LoadStarted {
  memory(): Promise<Memory>
  stop(): void
}

/** @param name of a built file */
export async function startChild(name: 'original-route' | 'our-route', start: LoadStart): Promise<LoadChild> {
  const child = fork(join('out', 'tools', `${name}.js`), {
    execArgv: ['--expose-gc'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  const started = (await ask(child, { start })) as LoadStarted
  return {
    ...started,
    memory: () => ask(child, 'memory') as Promise<Memory>,
    stop: () => child.disconnect(),
  }
}

async function ask(child: ChildProcess, message: ToChild): Promise<unknown> {
  const settled = new AbortController()
  const { signal } = settled
  const ended = once(child, 'exit', { signal }).then(() => {
    throw new Error('the server under load ended')
  })
  try {
    const answered = once(child, 'message', { signal })
    child.send(message)
    const [answer] = (await Promise.race([answered, ended])) as [unknown]
    return answer
  } finally {
    ended.catch(() => {})
    settled.abort()
  }
}
