import { useEffect, useRef } from 'react'
import { isConfigurationName } from '../../../shared/import-views.js'

/** Files of which one is a configuration are an import, the keys beside it included. A key by itself belongs to its profile. */
export function holdsConfiguration(files: readonly File[]): boolean {
  return files.some(({ name }) => isConfigurationName(name))
}

/** Takes configurations let go anywhere over the window. */
export function useDroppedConfiguration(onFiles: (files: readonly File[]) => void): void {
  const latest = useRef(onFiles)
  useEffect(() => {
    latest.current = onFiles
  })
  useEffect(() => {
    // Without this the browser would open the file in place of the app.
    const over = (event: DragEvent) => event.preventDefault()
    const dropped = (event: DragEvent) => {
      event.preventDefault()
      const files = [...(event.dataTransfer?.files ?? [])]
      // A dialog stands for something that is not settled yet.
      if (holdsConfiguration(files) && !document.querySelector('[role$="dialog"]')) latest.current(files)
    }
    addEventListener('dragover', over)
    addEventListener('drop', dropped)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', dropped)
    }
  }, [])
}
