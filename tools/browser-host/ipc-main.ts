import { EventEmitter } from 'node:events'
import type { IpcMain, IpcMainInvokeEvent, WebFrameMain } from 'electron'
import type { Frame } from './frames.js'
import { guard } from './guard.js'
import { createWire, type Wire } from './page/wire.js'
import { reasonOf } from './say.js'

type InvokeListener = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown
type SendListener = (...args: unknown[]) => void

export interface Sender {
  readonly webContents: object
  /** Null once the frame has another document. */
  frame(): Frame | null
}

const handlers = new Map<string, InvokeListener>()
const listeners = new EventEmitter()
const wire = createWire()

export const ipcMain = guard('electron.ipcMain', {
  handle(channel, listener) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    handlers.set(channel, listener)
  },
  removeHandler: (channel) => void handlers.delete(channel),
  on(channel, listener) {
    listeners.on(channel, listener as SendListener)
    return this as unknown as IpcMain
  },
  off(channel, listener) {
    listeners.off(channel, listener as SendListener)
    return this as unknown as IpcMain
  },
} satisfies Partial<IpcMain>)

export async function answerInvoke(
  sender: Sender,
  channel: string,
  args: readonly Wire[],
): Promise<{ readonly ok: boolean; readonly value: Wire }> {
  try {
    const handler = handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    const event = eventFor(sender) as IpcMainInvokeEvent
    return { ok: true, value: wire.encode(await handler(event, ...args.map(wire.decode))) }
  } catch (thrown) {
    // Electron's wording: the page learns the message and nothing else of the error.
    const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : reasonOf(thrown)
    return { ok: false, value: wire.encode(new Error(`Error invoking remote method '${channel}': ${text}`)) }
  }
}

export function passSend(sender: Sender, channel: string, args: readonly Wire[]): void {
  listeners.emit(channel, eventFor(sender), ...args.map(wire.decode))
}

export const encodeAll = (args: readonly unknown[]): readonly Wire[] => args.map(wire.encode)

function eventFor({ webContents, frame }: Sender): object {
  return guard('electron.IpcMainEvent', {
    type: 'frame',
    sender: webContents,
    get senderFrame() {
      return frame() as WebFrameMain | null
    },
  })
}
