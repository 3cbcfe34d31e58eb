import { type FormEvent, useEffect } from 'react'
import { ENVIRONMENT_IDS, ENVIRONMENTS, type EnvironmentId } from '../../../shared/environments.js'
import type { GrantKind, ProfileView } from '../../../shared/views.js'
import { call } from '../../api.js'
import { EnvironmentBand } from '../../components/EnvironmentMark.js'
import { Failure } from '../../components/Failure.js'
import { Field } from '../../components/Field.js'
import { useAction } from '../../use-action.js'
import { FormKey, useHeldKey } from '../keys/FormKey.js'
import { toInput } from './form-state.js'
import { ScopesField } from './ScopesField.js'
import { useProfileForm } from './use-profile-form.js'

interface Props {
  /** `null` makes a new one. */
  readonly profile: ProfileView | null
  readonly onSaved: () => Promise<void>
  readonly onCancel: () => void
}

export function ProfileForm({ profile, onSaved, onCancel }: Props) {
  const { form, values, problems, set, touch, chooseGrant, refuse, text } = useProfileForm(profile)
  const held = useHeldKey()
  const saving = useAction()

  // biome-ignore lint/correctness/useExhaustiveDependencies: once per refusal
  useEffect(() => {
    if (saving.error?.fields) refuse(saving.error.fields)
  }, [saving.error])

  const submit = (event: FormEvent) => {
    event.preventDefault()
    void saving.run(async () => {
      await call('profiles:save', toInput(values, profile?.id, held.staged?.stagedKeyId))
      await onSaved()
    })
  }

  return (
    <form ref={form} className="page" noValidate onSubmit={submit}>
      <EnvironmentBand environment={values.environment} />
      <div className="scroller">
        <div className="column">
          <h1>{profile ? `Edit “${profile.name}”` : 'New profile'}</h1>
          <section className="card" aria-label="Profile">
            <div className="form-grid">
              <Field label="Name" error={problems.name}>
                {(control) => <input {...control} {...text('name')} placeholder="Envelope service, QA" />}
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
                  <Field label="OAuth host" error={problems.oauthHost} hint="Bare host: no https://, no path.">
                    {(control) => (
                      <input
                        {...control}
                        {...text('oauthHost')}
                        className="mono"
                        placeholder="account-s.docusign.com"
                      />
                    )}
                  </Field>
                  <Field label="REST base path" error={problems.restBasePath} hint="Full https URL, ends in /restapi.">
                    {(control) => (
                      <input {...control} {...text('restBasePath')} className="mono" placeholder="https://" />
                    )}
                  </Field>
                </>
              )}
              <Field label="Integration key" error={problems.integrationKey} hint="From Apps and Keys.">
                {(control) => (
                  <input {...control} {...text('integrationKey')} className="mono" placeholder={GUID_SHAPE} />
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
                    : 'Not used: an application token acts as nobody. It serves the Admin API; eSignature refuses it.'
                }
              >
                {(control) => <input {...control} {...text('userId')} className="mono" placeholder={GUID_SHAPE} />}
              </Field>
              <Field
                label="Redirect URI"
                error={problems.redirectUri}
                hint="For consent only. Must match one registered in Apps and Keys, letter for letter."
              >
                {(control) => (
                  <input {...control} {...text('redirectUri')} className="mono" placeholder="http://localhost:3000/" />
                )}
              </Field>
            </div>
            <ScopesField
              value={values.scopes}
              error={problems.scopes}
              onChange={(scopes) => set({ scopes })}
              onBlur={() => touch('scopes')}
            />
          </section>
          {(profile?.keys.length ?? 0) === 0 && (
            <FormKey owner={profile ? `“${profile.name}”` : 'the new profile'} held={held} />
          )}
          <section className="card" aria-label="Options">
            <label className="switch">
              <input
                type="checkbox"
                checked={values.autoRenew}
                onChange={(event) => set({ autoRenew: event.target.checked })}
              />
              Renew in the background
            </label>
            <details open={problems.assertionLifetimeS === undefined ? undefined : true}>
              <summary>Advanced</summary>
              <div className="advanced">
                <Field
                  label="Assertion lifetime (seconds)"
                  error={problems.assertionLifetimeS}
                  hint="How long the signed request is good for, not the token."
                >
                  {(control) => <input {...control} {...text('assertionLifetimeS')} inputMode="numeric" />}
                </Field>
              </div>
            </details>
          </section>
        </div>
      </div>
      <footer className="form-footer">
        <Failure error={saving.error} />
        <div className="actions">
          <button type="submit" className="button button-primary" aria-disabled={saving.busy}>
            Save profile
          </button>
          <button type="button" className="button" onClick={onCancel}>
            Cancel
          </button>
          {saving.busy && <span className="muted">Saving…</span>}
        </div>
      </footer>
    </form>
  )
}

const GUID_SHAPE = '00000000-0000-0000-0000-000000000000'
