import { randomUUID } from 'node:crypto'
import type { Cdp } from './cdp-pipe.js'
import type { Frames } from './frames.js'
import type { FromPage, ToPage } from './page/isolated-world.js'
import { isolatedWorldScript, mainWorldScript } from './page-scripts.js'

/** Electron's own name for the world of a preload. */
const WORLD = 'Electron Isolated Context'

export interface PreloadWorld {
  /** To one document, by default the one that the main frame shows. Nothing happens where there is none. */
  deliver(message: ToPage, contextId?: number | null): Promise<void>
  /** The world of the document that the main frame shows now. */
  context(): number | null
}

/** Runs the preload in a world of its own in every document of the app, and carries messages to and fro. */
export async function installPreload(
  page: Cdp,
  frames: Frames,
  options: { readonly origin: string; readonly preload: string },
  received: (message: FromPage, frameId: string, contextId: number) => void,
): Promise<PreloadWorld> {
  const name = () => `host-${randomUUID()}`
  const config = { origin: options.origin, eventName: name(), binding: name(), deliver: name() }
  let mainContext: number | null = null
  const frameOfContext = new Map<number, string>()

  page.on('Runtime.executionContextCreated', ({ context }) => {
    const frameId = (context.auxData as { frameId?: string } | undefined)?.frameId
    if (context.name !== WORLD || frameId === undefined) return
    frameOfContext.set(context.id, frameId)
    if (frames.isMain(frameId)) mainContext = context.id
  })
  page.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    frameOfContext.delete(executionContextId)
    if (mainContext === executionContextId) mainContext = null
  })
  page.on('Runtime.executionContextsCleared', () => {
    frameOfContext.clear()
    mainContext = null
  })
  page.on('Runtime.bindingCalled', ({ name: binding, payload, executionContextId }) => {
    const frameId = frameOfContext.get(executionContextId)
    if (binding !== config.binding || frameId === undefined) return
    received(JSON.parse(payload) as FromPage, frameId, executionContextId)
  })

  await Promise.all([
    page.send('Runtime.enable'),
    page.send('Runtime.addBinding', { name: config.binding, executionContextName: WORLD }),
    page.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldScript(config) }),
    page.send('Page.addScriptToEvaluateOnNewDocument', {
      source: isolatedWorldScript(config, options.preload),
      worldName: WORLD,
    }),
  ])

  return {
    context: () => mainContext,
    async deliver(message, contextId = mainContext) {
      // A reply must not reach the next document: its calls are numbered from one again.
      if (contextId === null || !frameOfContext.has(contextId)) return
      await page.send('Runtime.callFunctionOn', {
        executionContextId: contextId,
        functionDeclaration: `function (message) { globalThis[${JSON.stringify(config.deliver)}]?.(message) }`,
        // As text: Chromium is slow at building nested values from the protocol's own JSON.
        arguments: [{ value: JSON.stringify(message) }],
      })
    },
  }
}
