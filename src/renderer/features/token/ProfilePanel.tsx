import { Pencil, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ProfileView, SimulatorView, TokenStatus } from '../../../shared/views.js'
import { call } from '../../api.js'
import { EnvironmentBand } from '../../components/EnvironmentMark.js'
import { Failure } from '../../components/Failure.js'
import { Confirm } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'
import type { ReceivedStatus } from '../../use-desk.js'
import { KeySection } from '../keys/KeySection.js'
import { ProfileFacts } from './ProfileFacts.js'
import { Remedies } from './Remedies.js'
import { RenewSwitch } from './RenewSwitch.js'
import { ScenarioSelect } from './ScenarioSelect.js'
import { TokenCard } from './TokenCard.js'

interface Props {
  readonly profile: ProfileView
  readonly status: ReceivedStatus | null
  readonly simulator: SimulatorView | null
  readonly onEdit: () => void
  readonly onStatus: (status: TokenStatus) => void
  readonly onChanged: () => Promise<void>
  readonly announce: (text: string) => void
}

/** Everything about the chosen profile. Mounted anew for each, so that no late answer lands on another's panel. */
export function ProfilePanel({ profile, status, simulator, onEdit, onStatus, onChanged, announce }: Props) {
  const [deleting, setDeleting] = useState(false)
  const action = useAction()
  const keySection = useRef<HTMLElement>(null)
  const { id: profileId, environment } = profile
  // A renewal in the background may have failed without anyone pressing a button here.
  const error = action.error ?? (action.busy ? null : (status?.error ?? null))
  const busy = action.busy || status?.busy === true

  const generate = () =>
    action.run(async () => {
      announce('')
      onStatus(await call('tokens:get', { profileId, fresh: true }))
      announce('Token generated')
    })
  const copy = () =>
    action.run(async () => {
      announce('')
      onStatus(await call('tokens:copy', { profileId }))
      announce('Token copied')
    })

  const setRenewal = (autoRenew: boolean) =>
    void action.run(async () => {
      const { key: _, ...input } = profile
      await call('profiles:save', { ...input, autoRenew })
      await onChanged()
    })

  useGenerateShortcut(generate)

  return (
    <article className="panel">
      <EnvironmentBand environment={environment} />
      <header className="panel-header">
        <h1>{profile.name}</h1>
        <div className="actions">
          <button type="button" className="button button-quiet" onClick={onEdit}>
            <Pencil size={15} aria-hidden />
            Edit profile
          </button>
          <button type="button" className="button button-quiet" onClick={() => setDeleting(true)}>
            <Trash2 size={15} aria-hidden />
            Delete
          </button>
        </div>
      </header>

      <TokenCard
        status={status}
        busy={busy}
        hasKey={profile.key !== null}
        onGenerate={generate}
        onCopy={copy}
        reveal={() => call('tokens:reveal', { profileId })}
        onError={action.fail}
      >
        <RenewSwitch profile={profile} onChange={setRenewal} />
      </TokenCard>
      <Failure error={error}>
        {error && (
          <Remedies
            key={error.code}
            error={error}
            onRetry={generate}
            onConsent={() => call('consent:open', { profileId })}
            onConsentFailed={action.fail}
            onEdit={onEdit}
            onLoadKey={() => keySection.current?.querySelector('button')?.focus()}
          />
        )}
      </Failure>
      {environment === 'simulator' && simulator && <ScenarioSelect simulator={simulator} />}

      <KeySection
        ref={keySection}
        profile={profile}
        onChanged={async (text) => {
          await onChanged()
          announce(text)
        }}
        announce={announce}
      />
      <ProfileFacts profile={profile} />

      {deleting && (
        <Confirm
          title={`Delete “${profile.name}”?`}
          text="The profile and its private key are removed from this computer. The key pair at Docusign stays."
          action="Delete profile"
          onCancel={() => setDeleting(false)}
          onConfirm={() => {
            setDeleting(false)
            void action.run(async () => {
              await call('profiles:remove', { profileId })
              await onChanged()
              announce('Profile deleted')
            })
          }}
        />
      )}
    </article>
  )
}

/** Ctrl+Enter or Cmd+Enter, from anywhere but a dialog. */
function useGenerateShortcut(generate: () => Promise<boolean>): void {
  const latest = useRef(generate)
  useEffect(() => {
    latest.current = generate
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || document.querySelector('[role$="dialog"]'))
        return
      event.preventDefault()
      void latest.current()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}
