import { useCallback, useEffect, useState } from 'react'
import type { ClockReading } from '../shared/lifetime.js'
import type { AppInfo, ProfileView, TokenStatus } from '../shared/views.js'
import { call, listen } from './api.js'

/** A token's status, and when it reached this window: the countdown starts from there. */
export interface ReceivedStatus extends TokenStatus {
  readonly receivedAt: ClockReading
}

export interface DeskState {
  readonly info: AppInfo | null
  readonly profiles: readonly ProfileView[] | null
  readonly selected: ProfileView | null
  readonly status: ReceivedStatus | null
  select(profileId: string): void
  reload(): Promise<void>
  receive(status: TokenStatus): void
}

export const readClock = (): ClockReading => ({ wallMs: Date.now(), monotonicMs: performance.now() })

/** What main knows, mirrored: profiles, the selected one, and each profile's token status. */
export function useDesk(): DeskState {
  const [info, setInfo] = useState<AppInfo | null>(null)
  const [profiles, setProfiles] = useState<readonly ProfileView[] | null>(null)
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const [statuses, setStatuses] = useState<Readonly<Record<string, ReceivedStatus>>>({})

  const receive = useCallback((status: TokenStatus) => {
    setStatuses((all) => ({ ...all, [status.profileId]: { ...status, receivedAt: readClock() } }))
  }, [])

  const reload = useCallback(async () => {
    const list = await call('profiles:list')
    setProfiles(list.profiles)
    setSelectedId(list.selectedId)
    if (list.selectedId !== null) receive(await call('tokens:status', { profileId: list.selectedId }))
  }, [receive])

  const select = useCallback(
    (profileId: string) => {
      setSelectedId(profileId)
      // Remembering the choice may fail on a full disk; the choice itself stands.
      call('profiles:select', { profileId }).catch(() => {})
      call('tokens:status', { profileId }).then(receive, () => {})
    },
    [receive],
  )

  useEffect(() => {
    const quietly = (work: Promise<unknown>) => void work.catch(() => {})
    quietly(call('app:info').then(setInfo))
    quietly(reload())
    const stops = [
      listen('app:changed', setInfo),
      listen('profiles:changed', () => quietly(reload())),
      listen('tokens:changed', receive),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [reload, receive])

  const selected = profiles?.find(({ id }) => id === selectedId) ?? null
  return {
    info,
    profiles,
    selected,
    status: selected ? (statuses[selected.id] ?? null) : null,
    select,
    reload,
    receive,
  }
}
