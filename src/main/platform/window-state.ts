import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Rectangle } from 'electron'

/** Where the window was, and how large. A convenience: whatever goes wrong with it goes unsaid. */
export interface WindowState extends Rectangle {
  readonly maximized: boolean
}

const LEAST = { width: 360, height: 480 }
/** So much of the title bar must be on some display, or the window could not be moved back. */
const GRIP = 100

const fileIn = (folder: string) => join(folder, 'window.json')

/**
 * @param displays the work areas of all displays, as they are now: the one that the window was on may be gone
 * @returns what can be restored, or `null`
 */
export function readWindowState(folder: string, displays: readonly Rectangle[]): WindowState | null {
  try {
    const state: unknown = JSON.parse(readFileSync(fileIn(folder), 'utf8'))
    return isState(state) && displays.some((display) => reaches(state, display)) ? state : null
  } catch {
    return null
  }
}

export function writeWindowState(folder: string, { x, y, width, height }: Rectangle, maximized: boolean): void {
  try {
    writeFileSync(fileIn(folder), JSON.stringify({ x, y, width, height, maximized }), { mode: 0o600 })
  } catch {
    // Next time it opens where windows open.
  }
}

function isState(value: unknown): value is WindowState {
  if (typeof value !== 'object' || value === null) return false
  const { x, y, width, height, maximized } = value as Record<string, unknown>
  const whole = [x, y, width, height].every((part) => Number.isInteger(part) && Math.abs(part as number) < 100_000)
  return (
    whole && (width as number) >= LEAST.width && (height as number) >= LEAST.height && typeof maximized === 'boolean'
  )
}

function reaches({ x, y, width }: Rectangle, display: Rectangle): boolean {
  const shared = Math.min(x + width, display.x + display.width) - Math.max(x, display.x)
  return shared >= GRIP && y >= display.y && y <= display.y + display.height - GRIP
}
