import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import type { KeyView } from '../../../shared/views.js'
import { shortFingerprint } from './KeySummary.js'
import type { Rotation } from './rotation.js'

const STEPS = ['load', 'verify', 'activate', 'retire'] as const
type Step = (typeof STEPS)[number]
const TITLES: Readonly<Record<Step, string>> = {
  load: 'Load the new key',
  verify: 'Verify it',
  activate: 'Activate it',
  retire: 'Retire the old key',
}

interface Props {
  readonly rotation: Rotation
  readonly loader: ReactNode
  readonly onVerify: (key: KeyView) => void
  readonly onActivate: (key: KeyView) => void
  readonly onRetire: (key: KeyView) => void
  readonly onClose: () => void
}

/** From one key pair to the next without a moment in which no token can be had: Docusign knows both meanwhile. */
export function RotationGuide(props: Props) {
  const { rotation, loader, onClose } = props
  const deed = deedOf(rotation, props)
  const current: Step = rotation.step === 'none' ? 'load' : rotation.step
  const at = STEPS.indexOf(current)
  return (
    <section className="rotation" aria-label="Key rotation">
      <ol className="steps">
        {STEPS.map((step, index) => (
          <li key={step} aria-current={index === at ? 'step' : undefined} data-done={index < at || undefined}>
            {index < at ? <Check size={13} aria-label="Done:" /> : <span aria-hidden>{index + 1}</span>}
            {TITLES[step]}
          </li>
        ))}
      </ol>
      {rotation.step === 'none' && (
        <>
          <p>
            Make a second RSA pair on Docusign’s Apps and Keys page and load its private key here. The present key goes
            on signing until you activate the new one.
          </p>
          {loader}
        </>
      )}
      {deed && (
        <div className="rotation-deed">
          <p>
            {deed.text} <code>{shortFingerprint(deed.keyView.fingerprint)}</code>
          </p>
          {/* One button for all steps: the focus stays on it from each to the next. */}
          <button type="button" className="button" onClick={() => deed.press(deed.keyView)}>
            {deed.label}
          </button>
        </div>
      )}
      {rotation.step === 'none' && (
        <button type="button" className="button button-quiet rotation-close" onClick={onClose}>
          Not now
        </button>
      )}
    </section>
  )
}

interface Deed {
  readonly text: string
  readonly label: string
  readonly keyView: KeyView
  readonly press: (key: KeyView) => void
}

function deedOf(rotation: Rotation, { onVerify, onActivate, onRetire }: Props): Deed | null {
  switch (rotation.step) {
    case 'verify':
      return {
        text: 'Ask for a token with the new key. The present key goes on signing, whatever comes back.',
        label: 'Verify new key',
        keyView: rotation.newer,
        press: onVerify,
      }
    case 'activate':
      return {
        text: 'A token was granted to the new key. Activate it, and it signs from now on.',
        label: 'Activate new key',
        keyView: rotation.newer,
        press: onActivate,
      }
    case 'retire':
      return {
        text: 'The new key signs. Retire the old one here, and delete its pair on Apps and Keys once nothing else uses it.',
        label: 'Retire old key',
        keyView: rotation.older,
        press: onRetire,
      }
    default:
      return null
  }
}
