import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import { CALL_NAMES, type CallInput, type CallName, type CallOutput } from '../../shared/contract.js'
import { fail, ok, type Result } from '../../shared/result.js'
import { deskError, toAppError } from '../core/desk-error.js'
import type { SCHEMAS } from './schemas.js'

export type Handlers = { readonly [N in CallName]: (input: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>> }

/** Says what happened to a call, never what was in it. */
export type LogCall = (name: CallName, outcome: string) => void

export interface Service {
  readonly handlers: Handlers
  readonly schemas: typeof SCHEMAS
}

interface Parts {
  readonly ipcMain: Pick<IpcMain, 'handle'>
  /** Resolves once the app can serve calls; the window may ask before that. */
  readonly service: Promise<Service>
  /** Whether a frame is the app's own page at top level. */
  readonly isOwnPage: (frame: IpcMainInvokeEvent['senderFrame']) => boolean
  readonly log: LogCall
}

/** The only place that answers the window: sender → schema → handler → envelope. */
export function registerCalls(parts: Parts): void {
  // Where it fails each call tells of it; before the first one nobody listens, which Node would take for a crash.
  parts.service.catch(() => {})
  for (const name of CALL_NAMES) registerCall(name, parts)
}

function registerCall<N extends CallName>(name: N, { ipcMain, service, isOwnPage, log }: Parts): void {
  ipcMain.handle(name, async (event, ...args: unknown[]): Promise<Result<CallOutput<N>>> => {
    // `senderFrame` is null once the frame is gone, and must be read before the first await.
    const trusted = isOwnPage(event.senderFrame)
    try {
      if (!trusted) throw deskError('forbidden')
      const { handlers, schemas } = await service
      const input = schemas[name].safeParse(args[0])
      if (!input.success || args.length > 1) throw deskError('bad_request')
      const value = await handlers[name](input.data)
      return ok(value)
    } catch (thrown) {
      const error = toAppError(thrown)
      log(name, error.code)
      return fail(error)
    }
  })
}
