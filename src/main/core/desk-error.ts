import type { AppError, ErrorCode } from '../../shared/result.js'
import { CATALOGUE } from './error-catalogue.js'

/** An error whose whole content may be shown, logged and sent to the window. */
export class DeskError extends Error {
  override readonly name = 'DeskError'
  constructor(readonly appError: AppError) {
    super(`${appError.code}: ${appError.message}`)
  }
  get code(): ErrorCode {
    return this.appError.code
  }
}

/** An error from the catalogue; `details` replaces parts of the entry for this one case. */
export function deskError(code: ErrorCode, details: Partial<Omit<AppError, 'code'>> = {}): DeskError {
  return new DeskError({ code, retryable: false, ...CATALOGUE[code], ...details })
}

/** Whatever was thrown, as data. Anything unknown becomes `internal`: its text may hold secrets. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof DeskError ? thrown.appError : deskError('internal').appError
}
