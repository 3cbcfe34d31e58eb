import type { App } from 'electron'

/** Longest wait, milliseconds: an app that does not quit is worse than what is left undone. */
const LIMIT_MS = 2000

interface Work {
  readonly isNeeded: () => boolean
  readonly run: () => Promise<void>
}

/** Holds the end of the app back, once and for two seconds at most, until `run` is through. */
export function finishBeforeQuit(app: Pick<App, 'on' | 'quit'>, { isNeeded, run }: Work): void {
  let phase: 'idle' | 'running' | 'done' = 'idle'
  app.on('before-quit', (event) => {
    if (phase === 'done' || (phase === 'idle' && !isNeeded())) return
    event.preventDefault()
    // Quitting may be asked for again meanwhile, by the last window's close for one.
    if (phase === 'running') return
    phase = 'running'
    const limit = new Promise((resolve) => setTimeout(resolve, LIMIT_MS))
    const again = () => {
      phase = 'done'
      app.quit()
    }
    Promise.race([run(), limit]).then(again, again)
  })
}
