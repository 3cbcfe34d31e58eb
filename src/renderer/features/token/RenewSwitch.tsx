import { useState } from 'react'
import type { ProfileView } from '../../../shared/views.js'
import { Switch } from '../../components/Switch.js'

interface Props {
  readonly profile: ProfileView
  readonly onChange: (autoRenew: boolean) => Promise<void>
}

/** Moves at once and goes back where saving failed. */
export function RenewSwitch({ profile: { autoRenew }, onChange }: Props) {
  const [wanted, setWanted] = useState<boolean | null>(null)
  const change = (on: boolean) => {
    setWanted(on)
    void onChange(on).then(() => setWanted(null))
  }
  return (
    <Switch checked={wanted ?? autoRenew} onChange={change}>
      Renew in the background
    </Switch>
  )
}
