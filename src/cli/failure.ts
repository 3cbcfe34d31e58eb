import type { AppError, ErrorCode } from '../shared/result.js'
import { EXIT } from './exit-codes.js'

/** Ends the command: what is told on standard error, and its exit code. */
export class Failure extends Error {
  override readonly name = 'Failure'
  constructor(
    readonly exitCode: number,
    message: string,
    readonly hint?: string,
    readonly code?: ErrorCode,
  ) {
    super(message)
  }
}

const EXIT_OF: Partial<Record<ErrorCode, number>> = {
  production_not_served: EXIT.refused,
  profile_not_found: EXIT.noProfile,
}

/** What the app or the core has to say. */
export function failureOf({ code, message, hint }: AppError): Failure {
  return new Failure(EXIT_OF[code] ?? EXIT.failed, message, hint, code)
}

export function usageFailure(message: string, command?: string): Failure {
  return new Failure(EXIT.usage, message, `Try: tokendesk ${command ? `${command} ` : ''}--help`)
}
