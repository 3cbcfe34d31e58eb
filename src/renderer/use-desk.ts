import { useCallback, useEffect, useRef, useState } from 'react'
import { type ClockReading, readClock } from '../shared/lifetime.js'
import type { AppError } from '../shared/result.js'
import type { AppInfo, ClipboardStatus, ProfileView, Scenario, TokenStatus } from '../shared/views.js'
import { appErrorOf, call, listen } from './api.js'

/** A token's status, and when it reached this window: the countdown starts from there. */
export interface ReceivedStatus extends TokenStatus {
  readonly receivedAt: ClockReading
}

/** When the clipboard is cleared, counted from when the window was told. */
export interface ReceivedClipboard extends ClipboardStatus {
  readonly receivedAt: ClockReading
}

export interface DeskState {
  readonly info: AppInfo | null
  /** Why the window could not be filled. */
  readonly error: AppError | null
  readonly profiles: readonly ProfileView[] | null
  readonly selected: ProfileView | null
  readonly status: ReceivedStatus | null
  /** Of the selected profile's token; `null` where none of it waits to be cleared. */
  readonly clipboard: ReceivedClipboard | null
  select(profileId: string): void
  reload(): Promise<void>
  /** Asks for everything again; a failure becomes `error`. */
  refresh(): void
  receive(status: TokenStatus): void
  setScenario(scenario: Scenario): void
}

/** What main knows, mirrored: profiles, the selected one, and each profile's token status. */
export function useDesk(): DeskState {
  const [info, setInfo] = useState<AppInfo | null>(null)
  const [error, setError] = useState<AppError | null>(null)
  const [profiles, setProfiles] = useState<readonly ProfileView[] | null>(null)
  const [selectedId, setSelectedId] = useState<string | null>(null)
  const [statuses, setStatuses] = useState<Readonly<Record<string, ReceivedStatus>>>({})
  const [clipboard, setClipboard] = useState<ReceivedClipboard | null>(null)
  const choices = useRef(0)
  const lists = useRef({ asked: 0, shown: 0 })

  const receive = useCallback((status: TokenStatus) => {
    setStatuses((all) => ({ ...all, [status.profileId]: { ...status, receivedAt: readClock() } }))
  }, [])

  const reload = useCallback(async () => {
    lists.current.asked += 1
    const [turn, choice] = [lists.current.asked, choices.current]
    const list = await call('profiles:list')
    if (turn < lists.current.shown) return
    lists.current.shown = turn
    setProfiles(list.profiles)
    // A list that was asked for before the user's last choice must not undo that choice.
    const outdated = choice !== choices.current
    setSelectedId((id) => (outdated && list.profiles.some((profile) => profile.id === id) ? id : list.selectedId))
    if (list.selectedId !== null) receive(await call('tokens:status', { profileId: list.selectedId }))
  }, [receive])

  const refresh = useCallback(() => {
    Promise.all([call('app:info').then(setInfo), reload()]).then(
      () => setError(null),
      (thrown) => setError(appErrorOf(thrown)),
    )
  }, [reload])

  const select = useCallback(
    (profileId: string) => {
      choices.current += 1
      setSelectedId(profileId)
      // Where the disk refuses, the choice is not there at the next start. That is no reason to interrupt.
      call('profiles:select', { profileId }).catch(() => {})
      call('tokens:status', { profileId }).then(receive, (thrown) => setError(appErrorOf(thrown)))
    },
    [receive],
  )

  const setScenario = useCallback((scenario: Scenario) => setInfo((present) => present && { ...present, scenario }), [])

  useEffect(() => {
    refresh()
    const stops = [
      listen('app:changed', setInfo),
      listen('tokens:changed', receive),
      // The list as it stands remains where it cannot be read anew.
      listen('profiles:changed', () => void reload().catch(() => {})),
      listen('clipboard:changed', (status) => setClipboard({ ...status, receivedAt: readClock() })),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [refresh, reload, receive])

  const selected = profiles?.find(({ id }) => id === selectedId) ?? null
  return {
    info,
    error,
    profiles,
    selected,
    status: selected ? (statuses[selected.id] ?? null) : null,
    clipboard: selected && clipboard?.profileId === selected.id ? clipboard : null,
    select,
    reload,
    refresh,
    receive,
    setScenario,
  }
}
