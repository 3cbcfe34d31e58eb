import type { ReactNode } from 'react'
import type { AppError } from '../../../shared/result.js'

interface Props {
  readonly error: AppError
  readonly onRetry: () => Promise<boolean>
  /** What opens the consent page. */
  readonly consent: ReactNode
  readonly onEdit: () => void
  readonly onLoadKey: () => void
}

/** The one button of a failure. */
export function Remedies({ error: { remedy }, onRetry, consent, onEdit, onLoadKey }: Props) {
  switch (remedy) {
    case 'retry':
      return <RemedyButton label="Try again" onPress={() => void onRetry()} />
    case 'edit-profile':
      return <RemedyButton label="Edit profile" onPress={onEdit} />
    case 'load-key':
      return <RemedyButton label="Go to the key" onPress={onLoadKey} />
    case 'grant-consent':
      return consent
    default:
      return null
  }
}

function RemedyButton({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <button type="button" className="button" onClick={onPress}>
      {label}
    </button>
  )
}
