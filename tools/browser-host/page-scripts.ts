import { createBridgeEnd } from './page/bridge-end.js'
import { type IsolatedWorldConfig, isolatedWorld } from './page/isolated-world.js'
import { mainWorld } from './page/main-world.js'
import { createWire } from './page/wire.js'

/** The script for the page's own world. */
export function mainWorldScript({ origin, eventName }: IsolatedWorldConfig): string {
  return call(
    mainWorld,
    'globalThis',
    JSON.stringify({ origin, eventName }),
    String(createWire),
    String(createBridgeEnd),
  )
}

/** The script for the preload's world, with the built CommonJS preload inside, unchanged. */
export function isolatedWorldScript(config: IsolatedWorldConfig, preload: string): string {
  const body = `function (require, module, exports) {\n${preload}\n}`
  return call(isolatedWorld, 'globalThis', JSON.stringify(config), String(createWire), String(createBridgeEnd), body)
}

function call(run: (...args: never[]) => void, ...args: readonly string[]): string {
  return `(${run})(${args.map((arg) => `(${arg})`).join(',\n')})`
}
