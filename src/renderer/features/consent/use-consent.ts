import { useEffect, useRef, useState } from 'react'
import type { ConsentStatus } from '../../../shared/account.js'
import { call, listen } from '../../api.js'

/** What main knows of a profile's consent. */
export function useConsent(profileId: string): ConsentStatus {
  const [status, setStatus] = useState<ConsentStatus>({ profileId, waiting: false, newScopes: [] })
  useEffect(() => {
    let stale = false
    const stop = listen('consent:changed', (told) => {
      if (told.profileId !== profileId) return
      stale = true
      setStatus(told)
    })
    // A hint less where it fails: the token request itself will tell.
    call('consent:status', { profileId }).then(
      (answer) => !stale && setStatus(answer),
      () => {},
    )
    return () => {
      stale = true
      stop()
    }
  }, [profileId])
  return status
}

/** Calls back when the token came that an awaited consent page has led to. */
export function useReturned({ waiting }: ConsentStatus, issuedAtMs: number | undefined, returned: () => void): void {
  const waited = useRef(false)
  useEffect(() => {
    if (waiting) waited.current = true
  }, [waiting])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect is about this value changing
  useEffect(() => {
    if (waited.current && issuedAtMs !== undefined) returned()
    waited.current = false
  }, [issuedAtMs])
}
