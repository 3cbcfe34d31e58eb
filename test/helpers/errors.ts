import { DeskError } from '../../src/main/core/desk-error.js'
import type { AppError } from '../../src/shared/result.js'

/** The error that `work` fails with, as data. Fails the test when it succeeds or throws anything else. */
export async function failureOf(work: () => unknown): Promise<AppError> {
  try {
    await work()
  } catch (thrown) {
    if (thrown instanceof DeskError) return thrown.appError
    throw thrown
  }
  throw new Error('expected a failure')
}

export const codeOf = async (work: () => unknown) => (await failureOf(work)).code
