import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ENVIRONMENT_IDS, ENVIRONMENTS, type EnvironmentId } from '../../../shared/environments.js'
import { defaultScopes } from '../../../shared/profile-rules.js'
import type { GrantKind, ProfileView, StagedKey } from '../../../shared/views.js'
import { call } from '../../api.js'
import { EnvironmentBand } from '../../components/EnvironmentMark.js'
import { Failure } from '../../components/Failure.js'
import { Field } from '../../components/Field.js'
import { useAction } from '../../use-action.js'
import { KeyLoader } from '../keys/KeyLoader.js'
import { StagedKeySummary } from '../keys/KeySummary.js'
import { type FormValues, initialValues, problemsShown, toInput } from './form-state.js'
import { ScopesField } from './ScopesField.js'

interface Props {
  /** `null` makes a new one. */
  readonly profile: ProfileView | null
  readonly onSaved: () => Promise<void>
  readonly onCancel: () => void
}

const GUID_FIELDS = { integrationKey: true, userId: true }
const GUID_LENGTH = 36

export function ProfileForm({ profile, onSaved, onCancel }: Props) {
  const [values, setValues] = useState<FormValues>(() => initialValues(profile))
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [staged, setStaged] = useState<Extract<StagedKey, { kind: 'ready' }> | null>(null)
  const saving = useAction()
  const form = useRef<HTMLFormElement>(null)
  // What main refused stays marked until its field changes.
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const problems = { ...refused, ...problemsShown(values, touched) }

  const touch = (field: string) => setTouched((fields) => new Set(fields).add(field))
  const set = (change: Partial<FormValues>) => {
    setValues((present) => ({ ...present, ...change }))
    setRefused((present) => Object.fromEntries(Object.entries(present).filter(([field]) => !(field in change))))
  }
  const text = (
    field: 'name' | 'integrationKey' | 'userId' | 'redirectUri' | 'oauthHost' | 'restBasePath' | 'assertionLifetimeS',
  ) => ({
    value: values[field],
    onChange: (event: { target: { value: string } }) => {
      set({ [field]: event.target.value })
      // An email or an account number is recognized while it is typed; a GUID is left in peace until it is long enough.
      if (field in GUID_FIELDS && (event.target.value.length >= GUID_LENGTH || event.target.value.includes('@')))
        touch(field)
    },
    onBlur: () => values[field] !== '' && touch(field),
    spellCheck: false,
    autoComplete: 'off',
  })

  useEffect(() => {
    const { fields } = saving.error ?? {}
    if (!fields) return
    setRefused(fields)
    setTouched(new Set(Object.keys(fields)))
  }, [saving.error])
  // biome-ignore lint/correctness/useExhaustiveDependencies: once the refused fields are marked, the first one gets the focus
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refused])
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input')?.focus()
  }, [])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void saving.run(async () => {
      await call('profiles:save', toInput(values, profile?.id, staged?.stagedKeyId))
      await onSaved()
    })
  }
  const cancel = () => {
    if (staged) call('keys:discardStaged', { stagedKeyId: staged.stagedKeyId }).catch(() => {})
    onCancel()
  }
  const chooseGrant = (grant: GrantKind) => {
    const untouched = values.scopes === defaultScopes(values.grant).join(' ')
    set({ grant, ...(untouched ? { scopes: defaultScopes(grant).join(' ') } : {}) })
  }

  return (
    <form ref={form} className="form" noValidate onSubmit={submit}>
      <EnvironmentBand environment={values.environment} />
      <h1>{profile ? 'Edit profile' : 'New profile'}</h1>
      <div className="form-grid">
        <Field label="Name" error={problems.name}>
          {(control) => <input {...control} {...text('name')} />}
        </Field>
        <Field label="Environment" error={problems.environment}>
          {(control) => (
            <select
              {...control}
              value={values.environment}
              onChange={(event) => set({ environment: event.target.value as EnvironmentId })}
            >
              {ENVIRONMENT_IDS.map((id) => (
                <option key={id} value={id}>
                  {ENVIRONMENTS[id].label}
                </option>
              ))}
            </select>
          )}
        </Field>
        {values.environment === 'custom' && (
          <>
            <Field label="OAuth host" error={problems.oauthHost} hint="Bare host, such as account-s.docusign.com.">
              {(control) => <input {...control} {...text('oauthHost')} className="mono" />}
            </Field>
            <Field label="REST base path" error={problems.restBasePath} hint="Ends in /restapi.">
              {(control) => <input {...control} {...text('restBasePath')} className="mono" />}
            </Field>
          </>
        )}
        <Field label="Integration key" error={problems.integrationKey}>
          {(control) => (
            <input {...control} {...text('integrationKey')} className="mono" placeholder="8-4-4-4-12 digits" />
          )}
        </Field>
        <Field label="Grant">
          {(control) => (
            <select
              {...control}
              value={values.grant}
              onChange={(event) => chooseGrant(event.target.value as GrantKind)}
            >
              <option value="user">User (impersonation)</option>
              <option value="application">Application</option>
            </select>
          )}
        </Field>
        <Field
          label="User ID"
          error={problems.userId}
          hint={
            values.grant === 'user'
              ? 'The GUID on Apps and Keys. It differs between demo and production.'
              : 'Not used: an application token acts as nobody. eSignature refuses such tokens; they are for the Admin API.'
          }
        >
          {(control) => <input {...control} {...text('userId')} className="mono" placeholder="8-4-4-4-12 digits" />}
        </Field>
        <Field
          label="Redirect URI"
          error={problems.redirectUri}
          hint="For consent only. Must be registered with the integration key, letter for letter."
        >
          {(control) => <input {...control} {...text('redirectUri')} className="mono" placeholder="https://" />}
        </Field>
      </div>
      <ScopesField
        value={values.scopes}
        error={problems.scopes}
        onChange={(scopes) => set({ scopes })}
        onBlur={() => touch('scopes')}
      />
      <section className="form-key" aria-labelledby="form-key-title">
        <h2 id="form-key-title">RSA private key</h2>
        {staged ? (
          <StagedKeySummary staged={staged} />
        ) : (
          <p className="muted">
            {profile?.key ? 'Keeps its present key unless you load another.' : 'Can also be loaded later.'} Drop a file
            here, or:
          </p>
        )}
        <KeyLoader replaces={false} onStaged={async (key) => setStaged(key)} />
      </section>
      <label className="switch">
        <input
          type="checkbox"
          checked={values.autoRenew}
          onChange={(event) => set({ autoRenew: event.target.checked })}
        />
        Renew in the background
      </label>
      <details className="advanced">
        <summary>Advanced</summary>
        <Field
          label="Assertion lifetime (seconds)"
          error={problems.assertionLifetimeS}
          hint="How long the signed request is good for, not the token."
        >
          {(control) => <input {...control} {...text('assertionLifetimeS')} inputMode="numeric" />}
        </Field>
      </details>
      <Failure error={saving.error} />
      <div className="actions form-actions">
        <button type="submit" className="button button-primary" aria-disabled={saving.busy}>
          Save profile
        </button>
        <button type="button" className="button" onClick={cancel}>
          Cancel
        </button>
      </div>
    </form>
  )
}
