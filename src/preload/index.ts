import { contextBridge, ipcRenderer } from 'electron'
import { type Api, CALL_NAMES, EVENT_NAMES, type EventName, type Events } from '../shared/contract.js'

/** Sandboxed bridge: one function per call of the contract. The page gets no `ipcRenderer` and cannot name a channel. */
const calls = Object.fromEntries(
  CALL_NAMES.map((name) => [name, (input?: unknown) => ipcRenderer.invoke(name, input)] as const),
)

const on: Api['on'] = <E extends EventName>(event: E, listener: (payload: Events[E]) => void) => {
  if (!EVENT_NAMES.includes(event)) return () => {}
  const relay = (_event: unknown, payload: Events[E]) => listener(payload)
  ipcRenderer.on(event, relay)
  // Braces: `off` returns ipcRenderer itself, which must not be handed to the page.
  return () => {
    ipcRenderer.off(event, relay)
  }
}

contextBridge.exposeInMainWorld('api', { ...calls, on })
