import { useEffect, useState } from 'react'
import { type ClockReading, remainingMs } from '../shared/lifetime.js'
import { readClock } from './use-desk.js'

/** Milliseconds left of a token, by this window's own two clocks, twice a second. */
export function useCountdown(leftAtReceiptMs: number, receivedAt: ClockReading): number {
  const leftNow = () => remainingMs(leftAtReceiptMs, receivedAt, readClock())
  const [leftMs, setLeftMs] = useState(leftNow)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `leftNow` is made of the two values named here
  useEffect(() => {
    setLeftMs(leftNow())
    const timer = setInterval(() => setLeftMs(leftNow()), 500)
    return () => clearInterval(timer)
  }, [leftAtReceiptMs, receivedAt])
  return leftMs
}

/** `59:07`, or `7:59:07` from an hour on. */
export function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const pad = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${pad(minutes)}:${pad(seconds % 60)}`
}
