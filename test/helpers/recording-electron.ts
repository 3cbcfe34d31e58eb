import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** In electron's place: writes down what the built main asks of it, in order, and grants nothing of its own accord. */

type Listener = (...args: never[]) => unknown
type Answer = (request: Request) => Promise<Response>

export const order: string[] = []
export const appEvents = new Map<string, Listener>()
export const contentsEvents = new Map<string, Listener>()
export const windows: BrowserWindow[] = []
export const schemes: { scheme: string; privileges?: Record<string, unknown> }[] = []
export const served = new Map<string, Answer>()
export const calls = new Map<string, Listener>()
export const switches: string[] = []
export const opened: string[] = []
export let openHandler: Listener | undefined
export let permissionRequest: Listener | undefined
export let permissionCheck: Listener | undefined

const contents = {
  on: (event: string, listener: Listener) => void contentsEvents.set(event, listener),
  setWindowOpenHandler: (handler: Listener) => {
    openHandler = handler
  },
  send: () => {},
}
const userData = mkdtempSync(join(tmpdir(), 'token-desk-security-'))

export const app = {
  setName: () => {},
  isReady: () => true,
  isPackaged: false,
  getVersion: () => '0.0.0',
  getPath: () => userData,
  setPath: () => {},
  requestSingleInstanceLock: () => true,
  enableSandbox: () => void order.push('enableSandbox'),
  commandLine: { appendSwitch: (name: string) => void switches.push(name) },
  on: (event: string, listener: Listener) => void appEvents.set(event, listener),
  quit: () => {},
  exit: () => {},
  async whenReady() {
    await Promise.resolve()
    order.push('ready')
  },
}
export const protocol = {
  registerSchemesAsPrivileged(given: typeof schemes) {
    order.push('registerSchemes')
    schemes.push(...given)
  },
  handle(scheme: string, answer: Answer) {
    order.push('handle')
    served.set(scheme, answer)
  },
}
export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler: Listener) {
      order.push('permissions')
      permissionRequest = handler
    },
    setPermissionCheckHandler(handler: Listener) {
      permissionCheck = handler
    },
  },
}
export class BrowserWindow {
  readonly loaded: string[] = []
  /** What was asked of the window itself, in order. */
  readonly asked: string[] = []
  minimized = false
  readonly webContents = contents
  constructor(readonly options: Record<string, unknown>) {
    order.push('window')
    windows.push(this)
    ;(appEvents.get('web-contents-created') as ((event: object, made: object) => void) | undefined)?.({}, contents)
  }
  on() {}
  once() {}
  getNormalBounds() {
    return { x: 0, y: 0, width: 1080, height: 740 }
  }
  isMaximized() {
    return false
  }
  isDestroyed() {
    return false
  }
  isMinimized() {
    return this.minimized
  }
  restore() {
    this.asked.push('restore')
  }
  show() {
    this.asked.push('show')
  }
  focus() {
    this.asked.push('focus')
  }
  async loadURL(url: string) {
    this.loaded.push(url)
  }
}
export const ipcMain = { handle: (name: string, listener: Listener) => void calls.set(name, listener) }
export const shell = { openExternal: async (url: string) => void opened.push(url) }
export const powerMonitor = { on: () => {} }
export const nativeTheme = { shouldUseDarkColors: false }
export const Menu = { setApplicationMenu: () => {}, buildFromTemplate: () => ({}) }
export const net = { fetch: () => Promise.reject(new Error('no network in this test')) }
export const clipboard = { writeText: async () => {} }
export class ClipboardItem {}
export const dialog = {}
export class Tray {
  constructor() {
    throw new Error('no tray in this test')
  }
}
export const nativeImage = { createFromDataURL: () => ({ addRepresentation: () => {}, setTemplateImage: () => {} }) }
export const globalShortcut = { register: () => false, unregisterAll: () => {} }
export const Notification = { isSupported: () => false }
export const screen = { getAllDisplays: () => [] }
export const safeStorage = { isAsyncEncryptionAvailable: async () => false }
