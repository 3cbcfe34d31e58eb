import { Pencil, Rocket, Trash2 } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { COPY_FORMAT_IDS, COPY_FORMATS, type CopyFormat } from '../../../shared/copy-formats.js'
import { ENVIRONMENTS } from '../../../shared/environments.js'
import type { ServerStatus } from '../../../shared/serving.js'
import type { ProfileView, Scenario, TokenStatus } from '../../../shared/views.js'
import { appErrorOf, call } from '../../api.js'
import { keysText, useCommands, useShortcut } from '../../commands.js'
import { EnvironmentBand } from '../../components/EnvironmentMark.js'
import { Failure } from '../../components/Failure.js'
import { Confirm } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'
import { useAlive } from '../../use-alive.js'
import type { ReceivedClipboard, ReceivedStatus } from '../../use-desk.js'
import { AccountCard } from '../account/AccountCard.js'
import { ConsentActions } from '../consent/ConsentActions.js'
import { ConsentHint } from '../consent/ConsentHint.js'
import { useConsent, useReturned } from '../consent/use-consent.js'
import { KeySection } from '../keys/KeySection.js'
import { ServerCard } from '../server/ServerCard.js'
import { ProfileFacts } from './ProfileFacts.js'
import { Remedies } from './Remedies.js'
import { RenewSwitch } from './RenewSwitch.js'
import { ScenarioSelect } from './ScenarioSelect.js'
import { TokenSection } from './TokenSection.js'
import { useProductionConfirm } from './use-production-confirm.js'

interface Props {
  readonly profile: ProfileView
  readonly status: ReceivedStatus | null
  readonly clipboard: ReceivedClipboard | null
  readonly scenario: Scenario | null
  /** Whether the title takes the focus when the panel appears; the panel lowers it. */
  readonly landing: RefObject<boolean>
  readonly onEdit: () => void
  readonly onGoLive: () => void
  readonly onStatus: (status: TokenStatus) => void
  readonly onScenario: (scenario: Scenario) => void
  readonly onChanged: () => Promise<void>
  readonly server: ServerStatus | null
  readonly onServer: (status: ServerStatus) => void
  readonly onSettings: () => void
  readonly announce: (text: string) => void
}

/** Everything about the chosen profile. Mounted anew for each, so that no late answer lands on another's panel. */
export function ProfilePanel(props: Props) {
  const { profile, status, clipboard, scenario, landing, onEdit, onGoLive, onStatus, onScenario, onChanged, announce } =
    props
  const { server, onServer, onSettings } = props
  const { id: profileId, name, environment, key, copyFormat } = profile
  const [deleting, setDeleting] = useState(false)
  // Apart, so that neither waits for the other: what is pressed while the other runs would do nothing.
  const generating = useAction()
  const action = useAction()
  const { ask, dialog } = useProductionConfirm(name)
  const consent = useConsent(profileId)
  const alive = useAlive()
  const title = useRef<HTMLHeadingElement>(null)
  const keySection = useRef<HTMLElement>(null)
  // A renewal in the background may have failed without anyone pressing a button here.
  const error = action.error ?? generating.error ?? (generating.busy ? null : (status?.error ?? null))

  useEffect(() => {
    if (landing.current) title.current?.focus()
    landing.current = false
  }, [landing])
  // A failure for want of a key, or of the right one, is over once another key is here.
  const { clear } = action
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect is about this value changing
  useEffect(() => clear(), [key?.id])

  /** A late success is told beside another profile: then it says whose it is. */
  const tell = (text: string) =>
    announce(alive.current ? text : `${text}: “${name}” (${ENVIRONMENTS[environment].label})`)

  const generate = () =>
    generating.run(async () => {
      announce('')
      clear()
      const answer = await call('tokens:get', { profileId, fresh: true })
      onStatus(answer)
      if (!answer.error) tell('Token generated')
    })
  const copy = (format: CopyFormat) =>
    action.run(async () => {
      announce('')
      const copied = await ask('copy', (confirmed) => call('tokens:copy', { profileId, confirmed, format }))
      if (copied !== undefined) tell(format === 'raw' ? 'Token copied' : `Copied as ${COPY_FORMATS[format]}`)
    })
  const savePostman = () =>
    void action.run(async () => {
      const saved = await ask('save', (confirmed) => call('tokens:savePostman', { profileId, confirmed }))
      if (saved) tell(`Saved as ${saved.path}`)
    })
  const setRenewal = async (autoRenew: boolean) => {
    try {
      const { key: _, keys: __, copyFormat: ___, ...input } = profile
      await call('profiles:save', { ...input, autoRenew })
      await onChanged()
      tell(autoRenew ? 'Renewed in the background from now on' : 'No longer renewed in the background')
    } catch (thrown) {
      action.fail(appErrorOf(thrown))
    }
  }
  const remove = () => {
    setDeleting(false)
    landing.current = true
    void action.run(async () => {
      await call('profiles:remove', { profileId })
      await onChanged()
      announce('Profile deleted')
    })
  }
  useShortcut('Enter', () => void generate())
  useShortcut('c', () => void copy(copyFormat), { shift: true })
  useCommands([
    {
      id: 'generate',
      label: 'Generate token',
      words: 'request refresh renew',
      keys: keysText('Enter'),
      run: () => void generate(),
    },
    { id: 'copy', label: 'Copy token', words: 'clipboard', keys: keysText('C', true), run: () => void copy('raw') },
    ...COPY_FORMAT_IDS.filter((format) => format !== 'raw').map((format) => ({
      id: `copy-${format}`,
      label: `Copy as ${COPY_FORMATS[format]}`,
      words: 'token clipboard',
      run: () => void copy(format),
    })),
    { id: 'edit', label: `Edit ${name}`, words: 'profile change', run: onEdit },
    ...(environment === 'demo'
      ? [{ id: 'go-live', label: `Take ${name} to production`, words: 'go live promote', run: onGoLive }]
      : []),
    { id: 'delete', label: `Delete ${name}`, words: 'profile remove', run: () => setDeleting(true) },
  ])
  const consentActions = <ConsentActions consent={consent} onRetry={generate} onFailed={action.fail} />
  useReturned(consent, status?.token?.issuedAtMs, () => tell('Token generated'))

  return (
    <article className="page">
      <EnvironmentBand environment={environment}>
        {environment === 'simulator' && scenario && (
          <ScenarioSelect scenario={scenario} onChange={onScenario} onError={action.fail} />
        )}
      </EnvironmentBand>
      <div className="scroller">
        <div className="column panel">
          <header className="panel-header">
            <h1 ref={title} tabIndex={-1}>
              {name}
            </h1>
            <div className="actions">
              {environment === 'demo' && (
                <button type="button" className="button button-quiet" onClick={onGoLive}>
                  <Rocket size={14} aria-hidden />
                  Go live
                </button>
              )}
              <button type="button" className="button button-quiet" onClick={onEdit}>
                <Pencil size={14} aria-hidden />
                Edit profile
              </button>
              <button type="button" className="button button-quiet" onClick={() => setDeleting(true)}>
                <Trash2 size={14} aria-hidden />
                Delete
              </button>
            </div>
          </header>
          <div className={`card hero hero-${environment}`}>
            <TokenSection
              status={status}
              clipboard={clipboard}
              generating={generating.busy || status?.busy === true}
              hasKey={key !== null}
              onGenerate={() => void generate()}
              profileId={profileId}
              copyFormat={copyFormat}
              onCopy={(format) => void copy(format)}
              onSavePostman={savePostman}
              reveal={() => ask('reveal', (confirmed) => call('tokens:reveal', { profileId, confirmed }))}
              onError={action.fail}
            >
              <RenewSwitch profile={profile} onChange={setRenewal} />
            </TokenSection>
            {consent.newScopes.length > 0 && error?.remedy !== 'grant-consent' && (
              <ConsentHint newScopes={consent.newScopes}>{consentActions}</ConsentHint>
            )}
            <Failure error={error}>
              {error && (
                <Remedies
                  key={error.code}
                  error={error}
                  onRetry={generate}
                  consent={consentActions}
                  onEdit={onEdit}
                  onLoadKey={() => keySection.current?.querySelector<HTMLElement>('.key-loader button')?.focus()}
                />
              )}
            </Failure>
            <KeySection
              ref={keySection}
              profile={profile}
              onChanged={async (text) => {
                await onChanged()
                tell(text)
              }}
              announce={tell}
            />
          </div>
          <AccountCard profileId={profileId} token={status?.token ?? null} announce={tell} />
          {server && (
            <ServerCard profile={profile} status={server} onStatus={onServer} onSettings={onSettings} announce={tell} />
          )}
          <ProfileFacts profile={profile} />
        </div>
      </div>
      {dialog}
      {deleting && (
        <Confirm
          title={`Delete “${name}”?`}
          text="The profile and its private key are removed from this computer. The key pair at Docusign stays."
          action="Delete profile"
          onCancel={() => setDeleting(false)}
          onConfirm={remove}
        />
      )}
    </article>
  )
}
