import type { ProfileView } from '../../../shared/views.js'

interface Props {
  readonly profile: ProfileView
  readonly onChange: (autoRenew: boolean) => void
}

export function RenewSwitch({ profile: { autoRenew }, onChange }: Props) {
  return (
    <label className="switch">
      <input type="checkbox" checked={autoRenew} onChange={(event) => onChange(event.target.checked)} />
      Renew in the background
    </label>
  )
}
