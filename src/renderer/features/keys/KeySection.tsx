import { RefreshCcwDot, Trash2 } from 'lucide-react'
import { type Ref, useState } from 'react'
import { ENVIRONMENTS } from '../../../shared/environments.js'
import type { KeyView, ProfileView } from '../../../shared/views.js'
import { appErrorOf, call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { Confirm } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'
import { discardStaged, KeyLoader, type ReadyKey } from './KeyLoader.js'
import { KeyRow } from './KeyRow.js'
import { KeySummary } from './KeySummary.js'
import { RotationGuide } from './RotationGuide.js'
import { rotationOf } from './rotation.js'

interface Props {
  readonly ref: Ref<HTMLElement>
  readonly profile: ProfileView
  /** A key came, went or changed; says so once the list is fresh. */
  readonly onChanged: (announcement: string) => Promise<void>
  readonly announce: (text: string) => void
}

export function KeySection({ ref, profile, onChanged, announce }: Props) {
  const { id: profileId, name, environment, key, keys } = profile
  const [rotating, setRotating] = useState(false)
  const [leaving, setLeaving] = useState<KeyView | null>(null)
  const [present, setPresent] = useState<ReadyKey | null>(null)
  const action = useAction()
  const rotation = rotationOf(profile)
  const [only] = keys.length === 1 ? keys : []

  const deed = (name: 'keys:verify' | 'keys:activate' | 'keys:retire', keyId: string, done: string) =>
    void action.run(async () => {
      await call(name, { profileId, keyId })
      if (name === 'keys:retire') setRotating(false)
      await onChanged(done)
    })
  const check = () =>
    void action.run(async () => {
      const { keys: checked } = await call('keys:check', { profileId })
      const locked = checked.filter(({ lockedBecause }) => lockedBecause !== null).length
      await onChanged(locked === 0 ? 'All keys open' : 'Still locked')
    })
  const copyPublic = (keyId: string) =>
    void action.run(async () => {
      await call('keys:copyPublic', { profileId, keyId })
      announce('Public key copied')
    })
  const add = async (staged: ReadyKey, replace: boolean) => {
    const { stagedKeyId, repairs } = staged
    try {
      await call('keys:add', { profileId, stagedKeyId, replace })
    } catch (thrown) {
      if (appErrorOf(thrown).code === 'key_present') return setPresent(staged)
      discardStaged(stagedKeyId)
      throw thrown
    }
    await onChanged(repairs.length > 0 ? `Key loaded. Repaired: ${repairs.join(' ')}` : 'Key loaded')
  }
  const loader = (shown: boolean) => (
    <KeyLoader
      owner={`“${name}” (${ENVIRONMENTS[environment].label})`}
      primary={keys.length === 0}
      shown={shown}
      onStaged={(staged) => add(staged, false)}
    />
  )
  const guided = keys.length > 1 || (rotating && keys.length > 0)
  const row = (keyView: KeyView) => ({
    keyView,
    onCopyPublic: () => copyPublic(keyView.id),
    onActivate: () => deed('keys:activate', keyView.id, 'Key activated'),
    onRetire: () => setLeaving(keyView),
    onCheck: check,
  })

  return (
    <section
      ref={ref}
      className={keys.length > 0 ? 'key-section' : 'key-section key-wanted'}
      aria-labelledby="key-title"
    >
      <header className="card-header">
        <h2 id="key-title">{keys.length > 1 ? 'RSA private keys' : 'RSA private key'}</h2>
        {only && (
          <span className="actions">
            {!rotating && key && (
              <button type="button" className="button button-quiet" onClick={() => setRotating(true)}>
                <RefreshCcwDot size={14} aria-hidden />
                Rotate key
              </button>
            )}
            <button type="button" className="button button-quiet" onClick={() => setLeaving(only)}>
              <Trash2 size={14} aria-hidden />
              Remove key
            </button>
          </span>
        )}
      </header>
      {keys.length === 0 && (
        <p>
          Drop the key file here, load it, or paste it. It is the private half that Apps and Keys showed once, when the
          pair was made.
        </p>
      )}
      {only && key && only.lockedBecause === null ? (
        <KeySummary keyView={only} onCopyPublic={() => copyPublic(only.id)} />
      ) : (
        <ul className="key-rows">
          {keys.map((keyView) => (
            <KeyRow key={keyView.id} {...row(keyView)} active={keyView.id === key?.id} />
          ))}
        </ul>
      )}
      {guided && (
        <RotationGuide
          rotation={rotation}
          loader={loader(true)}
          onVerify={({ id }) => deed('keys:verify', id, 'The new key works')}
          onActivate={({ id }) => deed('keys:activate', id, 'Key activated')}
          onRetire={setLeaving}
          onClose={() => setRotating(false)}
        />
      )}
      {!(guided && rotation.step === 'none') && loader(keys.length === 0)}
      <Failure error={action.error} />
      {leaving && (
        <Confirm
          title={only ? 'Remove the key?' : 'Retire this key?'}
          text="The private key is removed from this computer and its tokens are forgotten. The pair at Docusign stays."
          action={only ? 'Remove key' : 'Retire key'}
          onCancel={() => setLeaving(null)}
          onConfirm={() => {
            setLeaving(null)
            deed('keys:retire', leaving.id, only ? 'Key removed' : 'Key retired')
          }}
        />
      )}
      {present && (
        <Confirm
          title="Store this key anew?"
          text="The profile has this key already. Storing it anew takes the place of the stored copy: useful when that one no longer opens."
          action="Store key anew"
          onCancel={() => {
            discardStaged(present.stagedKeyId)
            setPresent(null)
          }}
          onConfirm={() => {
            setPresent(null)
            void action.run(() => add(present, true))
          }}
        />
      )}
    </section>
  )
}
