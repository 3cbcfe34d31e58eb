import { useCallback, useRef, useState } from 'react'
import type { AppError } from '../shared/result.js'
import { appErrorOf } from './api.js'

export interface Action {
  readonly busy: boolean
  readonly error: AppError | null
  /** Runs `work`; a failure becomes `error`. Resolves with whether it succeeded. */
  run(work: () => Promise<void>): Promise<boolean>
  fail(error: AppError): void
  clear(): void
}

/** One thing under way at a time, with its failure. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<AppError | null>(null)
  const running = useRef(false)

  const run = useCallback(async (work: () => Promise<void>) => {
    if (running.current) return false
    running.current = true
    setBusy(true)
    setError(null)
    try {
      await work()
      return true
    } catch (thrown) {
      setError(appErrorOf(thrown))
      return false
    } finally {
      running.current = false
      setBusy(false)
    }
  }, [])
  const clear = useCallback(() => setError(null), [])
  return { busy, error, run, fail: setError, clear }
}
