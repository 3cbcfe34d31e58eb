import { contextBridge, ipcRenderer } from 'electron'
import { type Api, CALL_NAMES, EVENT_NAMES, type EventName, type Events } from '../shared/contract.js'

/** Sandboxed bridge: one function per call of the contract, no channel names and no `ipcRenderer` for the page. */
const api: Record<string, Record<string, (input?: unknown) => Promise<unknown>>> = {}
for (const name of CALL_NAMES) {
  const [noun, verb] = name.split(':') as [string, string]
  api[noun] ??= {}
  api[noun][verb] = (input) => ipcRenderer.invoke(name, input)
}

const on: Api['on'] = <E extends EventName>(event: E, listener: (payload: Events[E]) => void) => {
  if (!EVENT_NAMES.includes(event)) return () => {}
  const relay = (_event: unknown, payload: Events[E]) => listener(payload)
  ipcRenderer.on(event, relay)
  return () => ipcRenderer.off(event, relay)
}

contextBridge.exposeInMainWorld('api', { ...api, on })
