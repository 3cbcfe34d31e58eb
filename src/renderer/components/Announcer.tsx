import { CircleCheck } from 'lucide-react'
import { useEffect, useState } from 'react'

export interface Announcement {
  readonly text: string
  /** Counts up, so that the same words twice are heard twice. */
  readonly serial: number
}

const SHOWN_MS = 6000

/** Successes, for eye and screen reader. The region stands in the page before its text changes, or it would not be read. */
export function Announcer({ announcement: { text, serial } }: { announcement: Announcement }) {
  const [expired, setExpired] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => setExpired(serial), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [serial])
  const shown = text !== '' && expired !== serial
  return (
    <div className="announcer" role="status">
      {shown && (
        <p key={serial} className="toast">
          <CircleCheck size={16} aria-hidden />
          {text}
        </p>
      )}
    </div>
  )
}
