import { useEffect, useRef } from 'react'

/** Ctrl+Enter or Cmd+Enter, from anywhere but a dialog. */
export function useGenerateShortcut(generate: () => Promise<boolean>): void {
  const latest = useRef(generate)
  useEffect(() => {
    latest.current = generate
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || document.querySelector('[role$="dialog"]'))
        return
      event.preventDefault()
      if (!event.repeat) void latest.current()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}
