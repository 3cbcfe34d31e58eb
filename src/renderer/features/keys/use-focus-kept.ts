import { type RefObject, useEffect } from 'react'

/** Longer than a closing dialog takes to give the focus back, milliseconds. */
const GIVEN_BACK_MS = 60

/**
 * Where one dialog follows another, the last one's opener is gone when it closes, and the focus with it: then the
 * first button of `root` takes it.
 */
export function useFocusKept(root: RefObject<HTMLElement | null>, dialogOpen: boolean): void {
  useEffect(() => {
    if (!dialogOpen) return
    return () => {
      setTimeout(() => {
        if (document.activeElement === document.body) root.current?.querySelector('button')?.focus()
      }, GIVEN_BACK_MS)
    }
  }, [root, dialogOpen])
}
