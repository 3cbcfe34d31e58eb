import { useEffect, useRef, useState } from 'react'
import { holdsConfiguration } from '../import/use-dropped-configuration.js'

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true

/** Takes a file let go anywhere over the window; tells whether one hovers there now. */
export function useDroppedFile(onFile: (file: File) => void): boolean {
  const [hovering, setHovering] = useState(false)
  const latest = useRef(onFile)
  useEffect(() => {
    latest.current = onFile
  })
  useEffect(() => {
    // Without this the browser would open the file in place of the app.
    const over = (event: DragEvent) => {
      event.preventDefault()
      setHovering(holdsFiles(event))
    }
    const left = (event: DragEvent) => event.relatedTarget === null && setHovering(false)
    const dropped = (event: DragEvent) => {
      event.preventDefault()
      setHovering(false)
      const files = [...(event.dataTransfer?.files ?? [])]
      const [file] = files
      // A configuration is an import, with the key beside it.
      if (holdsConfiguration(files)) return
      // A dialog stands for a key that is not settled yet.
      if (file && !document.querySelector('[role$="dialog"]')) latest.current(file)
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', left)
    addEventListener('drop', dropped)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', left)
      removeEventListener('drop', dropped)
    }
  }, [])
  return hovering
}
