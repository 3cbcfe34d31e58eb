import { useEffect, useState } from 'react'
import type { ServerStatus } from '../../../shared/serving.js'
import { call, listen } from '../../api.js'

/** The token server as main last told of it; `null` until it has. */
export function useServer(): [ServerStatus | null, (status: ServerStatus) => void] {
  const [status, setStatus] = useState<ServerStatus | null>(null)
  useEffect(() => {
    // What main tells by itself is newer than the first answer may be.
    let told = false
    call('server:status').then(
      (first) => !told && setStatus(first),
      () => {},
    )
    return listen('server:changed', (next) => {
      told = true
      setStatus(next)
    })
  }, [])
  return [status, setStatus]
}
