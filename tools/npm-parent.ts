const LOOK_EVERY_MS = 500

/**
 * Calls back once when npm, which started this process, is gone. npm hands a signal to the shell between the two of us,
 * and that shell dies of it without a word to us. Where npm is not the parent, an orphan may be one on purpose.
 */
export function whenNpmIsGone(gone: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    gone()
  }, LOOK_EVERY_MS)
  timer.unref()
}
