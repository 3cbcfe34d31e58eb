import { useState } from 'react'
import type { ProfileView } from '../../../shared/views.js'

interface Props {
  readonly profile: ProfileView
  readonly onChange: (autoRenew: boolean) => Promise<void>
}

/** Moves at once and goes back where saving failed. */
export function RenewSwitch({ profile: { autoRenew }, onChange }: Props) {
  const [wanted, setWanted] = useState<boolean | null>(null)
  return (
    <label className="switch">
      <input
        type="checkbox"
        checked={wanted ?? autoRenew}
        onChange={(event) => {
          setWanted(event.target.checked)
          void onChange(event.target.checked).then(() => setWanted(null))
        }}
      />
      Renew in the background
    </label>
  )
}
