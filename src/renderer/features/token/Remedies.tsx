import { useEffect, useState } from 'react'
import type { AppError } from '../../../shared/result.js'
import { appErrorOf } from '../../api.js'

interface Props {
  readonly error: AppError
  readonly onRetry: () => Promise<boolean>
  readonly onConsent: () => Promise<unknown>
  readonly onConsentFailed: (error: AppError) => void
  readonly onEdit: () => void
  readonly onLoadKey: () => void
}

/** The one button of a failure. */
export function Remedies({ error: { remedy }, onRetry, onConsent, onConsentFailed, onEdit, onLoadKey }: Props) {
  switch (remedy) {
    case 'retry':
      return <RemedyButton label="Try again" onPress={() => void onRetry()} />
    case 'edit-profile':
      return <RemedyButton label="Edit profile" onPress={onEdit} />
    case 'load-key':
      return <RemedyButton label="Go to the key" onPress={onLoadKey} />
    case 'grant-consent':
      return <Consent onRetry={onRetry} onConsent={onConsent} onFailed={onConsentFailed} />
    default:
      return null
  }
}

/** Opens the consent page; coming back to this window tries again, once. */
function Consent({
  onRetry,
  onConsent,
  onFailed,
}: {
  onRetry: Props['onRetry']
  onConsent: Props['onConsent']
  onFailed: (error: AppError) => void
}) {
  const [opened, setOpened] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `onRetry` does the same at each render
  useEffect(() => {
    if (!opened) return
    const back = () => void onRetry()
    addEventListener('focus', back, { once: true })
    return () => removeEventListener('focus', back)
  }, [opened])
  if (opened) return <RemedyButton label="Retry" onPress={() => void onRetry()} />
  return (
    <RemedyButton
      label="Grant consent"
      onPress={() => {
        onConsent().then(
          () => setOpened(true),
          (thrown) => onFailed(appErrorOf(thrown)),
        )
      }}
    />
  )
}

function RemedyButton({ label, onPress }: { label: string; onPress: () => void }) {
  return (
    <button type="button" className="button" onClick={onPress}>
      {label}
    </button>
  )
}
