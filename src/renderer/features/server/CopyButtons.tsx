import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import type { ServerCopy } from '../../../shared/serving.js'
import { call } from '../../api.js'

export interface Copyable {
  readonly what: ServerCopy
  readonly label: string
  /** Told once it is copied. */
  readonly told: string
  readonly primary?: boolean
}

interface Props {
  readonly profileId: string
  readonly items: readonly Copyable[]
  readonly quiet?: boolean
  /** Runs it, and shows how it failed. */
  readonly run: (work: () => Promise<void>) => unknown
  readonly announce: (text: string) => void
}

/** What a client of the token server needs, a button each. */
export function CopyButtons({ profileId, items, quiet = false, run, announce }: Props) {
  const [copied, setCopied] = useState<ServerCopy | null>(null)
  const copy = ({ what, told }: Copyable) =>
    run(async () => {
      announce('')
      await call('server:copy', { profileId, what })
      setCopied(what)
      announce(told)
    })
  return items.map((item) => (
    <button
      key={item.what}
      type="button"
      className={`button${item.primary ? ' button-primary' : quiet ? ' button-quiet' : ''}`}
      onClick={() => void copy(item)}
    >
      {copied === item.what ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      {item.label}
    </button>
  ))
}
