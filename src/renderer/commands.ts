import { useEffect, useRef } from 'react'

/** Something the user can do now, from the keyboard: what the palette lists. */
export interface Command {
  readonly id: string
  readonly label: string
  /** Words that find it besides its label. */
  readonly words?: string
  /** As shown: `Ctrl+Enter`. */
  readonly keys?: string
  readonly run: () => void
}

const sources = new Set<() => readonly Command[]>()

/** Offers commands for as long as the component stands. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  useEffect(() => {
    const source = () => latest.current
    sources.add(source)
    return () => void sources.delete(source)
  }, [])
}

/** What can be done at this moment; what came up last, first. */
export const commandsNow = (): readonly Command[] => [...sources].reverse().flatMap((source) => source())

export const MAC = navigator.platform.startsWith('Mac')

/** `Ctrl+K`, or `⌘K` on a Mac. */
export const keysText = (key: string, shift = false) =>
  MAC ? `${shift ? '⇧' : ''}⌘${key}` : `Ctrl+${shift ? 'Shift+' : ''}${key}`

/** Ctrl or Cmd with a key, from anywhere but a dialog. */
export function useShortcut(key: string, run: () => void, { shift = false } = {}): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const wanted = event.key.toLowerCase() === key.toLowerCase() && (MAC ? event.metaKey : event.ctrlKey)
      if (!wanted || event.altKey || event.shiftKey !== shift || document.querySelector('[role$="dialog"]')) return
      event.preventDefault()
      if (!event.repeat) latest.current()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [key, shift])
}
