import type { Api, CallInput, CallName, CallOutput, EventName, Events } from '../shared/contract.js'
import type { AppError, Result } from '../shared/result.js'

declare global {
  interface Window {
    readonly api: Api
  }
}

/** A call that main answered with an error. Everything in it may be shown. */
export class CallFailed extends Error {
  constructor(readonly appError: AppError) {
    super(appError.message)
  }
}

/** The bridge itself broke: main is gone, or the window is closing. */
const BRIDGE_BROKEN: AppError = {
  code: 'internal',
  message: 'Token Desk did not answer.',
  hint: 'Close the window and start it again.',
  retryable: true,
}

/**
 * Asks main. The only reader of `window.api`.
 * @throws CallFailed
 */
export async function call<N extends CallName>(
  name: N,
  ...input: CallInput<N> extends undefined ? [] : [CallInput<N>]
): Promise<CallOutput<N>> {
  // One function of the union is called with its own input, which the compiler cannot follow.
  const ask = window.api?.[name] as unknown as (...input: unknown[]) => Promise<Result<CallOutput<N>>>
  let result: Result<CallOutput<N>>
  try {
    result = await ask(...input)
  } catch {
    throw new CallFailed(BRIDGE_BROKEN)
  }
  if (!result.ok) throw new CallFailed(result.error)
  return result.value
}

export function listen<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void {
  // Without a bridge the first call tells of it; a throw in here would leave an empty window instead.
  return window.api?.on(event, listener) ?? (() => {})
}

export function appErrorOf(thrown: unknown): AppError {
  return thrown instanceof CallFailed ? thrown.appError : BRIDGE_BROKEN
}
