import { useEffect, useReducer } from 'react'
import { type ClockReading, readClock, remainingMs } from '../shared/lifetime.js'

/** Milliseconds left of a token, by this window's own two clocks, twice a second. */
export function useCountdown(leftAtReceiptMs: number, receivedAt: ClockReading): number {
  const [, tick] = useReducer((ticks: number) => ticks + 1, 0)
  useEffect(() => {
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [])
  return remainingMs(leftAtReceiptMs, receivedAt, readClock())
}

/** `59:07`, or `7:59:07` from an hour on. */
export function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const pad = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${pad(minutes)}:${pad(seconds % 60)}`
}
