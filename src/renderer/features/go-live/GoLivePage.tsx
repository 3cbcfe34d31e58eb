import { CircleCheck, CircleDashed } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { type GoLiveDraft, type GoLiveStep, goLiveProblems, productionProfile } from '../../../shared/go-live.js'
import type { ProfileView } from '../../../shared/views.js'
import { call } from '../../api.js'
import { EnvironmentBand } from '../../components/EnvironmentMark.js'
import { Failure } from '../../components/Failure.js'
import { Field } from '../../components/Field.js'
import { useAction } from '../../use-action.js'
import { FormKey, useHeldKey } from '../keys/FormKey.js'

interface Props {
  readonly demo: ProfileView
  readonly profiles: readonly ProfileView[]
  /** The production profile is there. */
  readonly onCreated: (profileId: string) => Promise<void>
  readonly onCancel: () => void
}

/** Takes a demo profile to production: what stays, what is made anew, and what Docusign says to it. */
export function GoLivePage({ demo, profiles, onCreated, onCancel }: Props) {
  const [fields, setFields] = useState<Omit<GoLiveDraft, 'fingerprint'>>(() => ({
    name: `${demo.name} (production)`.slice(0, 80),
    userId: '',
    redirectUri: demo.redirectUri,
  }))
  const [touched, setTouched] = useState<ReadonlySet<GoLiveStep>>(new Set())
  const [check, setCheck] = useState(true)
  const held = useHeldKey()
  const creating = useAction()
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    title.current?.focus()
  }, [])

  const draft: GoLiveDraft = { ...fields, fingerprint: held.staged?.fingerprint ?? null }
  const problems = goLiveProblems(demo, draft, profiles)
  const shown = (step: GoLiveStep) => (touched.has(step) ? problems[step] : undefined)
  const touch = (...steps: GoLiveStep[]) => setTouched((present) => new Set([...present, ...steps]))
  const keyProblem = held.staged ? problems.key : shown('key')

  const submit = (event: FormEvent) => {
    event.preventDefault()
    touch('key', 'userId', 'redirectUri', 'name')
    const { staged } = held
    if (!staged || Object.keys(problems).length > 0) return
    void creating.run(async () => {
      const { id } = await call('profiles:save', productionProfile(demo, draft, staged.stagedKeyId))
      // What Docusign says to it stands on the new profile's page, with what to do.
      if (check) await call('tokens:get', { profileId: id, fresh: true })
      await onCreated(id)
    })
  }
  const text = (field: 'name' | 'userId' | 'redirectUri') => ({
    value: fields[field],
    onChange: ({ target }: { target: { value: string } }) => setFields((all) => ({ ...all, [field]: target.value })),
    onBlur: () => fields[field] !== '' && touch(field),
    spellCheck: false,
    autoComplete: 'off' as const,
  })

  return (
    <form className="page" noValidate onSubmit={submit}>
      <EnvironmentBand environment="production" />
      <div className="scroller">
        <div className="column">
          <h1 ref={title} tabIndex={-1}>
            Take “{demo.name}” to production
          </h1>
          <section className="card" aria-label="Go-live checklist">
            <ol className="checklist">
              <Item done title="The integration key stays the same">
                <p>
                  <code>{demo.integrationKey}</code>
                </p>
                <p className="muted">
                  Pass Docusign’s go-live review first and choose the production account. The GUID is copied; its RSA
                  pairs and redirect URIs are not.
                </p>
              </Item>
              {demo.grant === 'user' && (
                <Item done={problems.userId === undefined} title="The user is another one">
                  <Field
                    label="User ID in production"
                    error={shown('userId')}
                    hint="From Apps and Keys of the production account. The account id differs too."
                  >
                    {(control) => <input {...control} {...text('userId')} className="mono" />}
                  </Field>
                </Item>
              )}
              <Item done={problems.redirectUri === undefined} title="The redirect URI is registered again">
                <Field
                  label="Redirect URI"
                  error={shown('redirectUri')}
                  hint="Add it to the integration key in production: letter for letter as here."
                >
                  {(control) => <input {...control} {...text('redirectUri')} className="mono" />}
                </Field>
              </Item>
              <Item done={problems.key === undefined} title="A new RSA pair signs">
                <FormKey
                  owner={`“${fields.name}” (Production)`}
                  held={held}
                  hint="Made in Apps and Keys of the production account."
                />
                {keyProblem !== undefined && (
                  <p className="field-error" role="alert">
                    {keyProblem}
                  </p>
                )}
              </Item>
              <Item done={problems.name === undefined} title="It is a profile of its own">
                <Field label="Name" error={shown('name')}>
                  {(control) => <input {...control} {...text('name')} />}
                </Field>
              </Item>
            </ol>
            <label className="switch">
              <input type="checkbox" checked={check} onChange={({ target }) => setCheck(target.checked)} />
              Ask Docusign for a token at once: it says whether key, user and integration key are known in production
            </label>
          </section>
        </div>
      </div>
      <footer className="form-footer">
        <Failure error={creating.error} />
        <div className="actions">
          <button type="submit" className="button button-primary" aria-disabled={creating.busy}>
            Create production profile
          </button>
          <button type="button" className="button" onClick={onCancel}>
            Cancel
          </button>
          {creating.busy && <span className="muted">Creating…</span>}
        </div>
      </footer>
    </form>
  )
}

function Item({ done, title, children }: { done: boolean; title: string; children: ReactNode }) {
  const Icon = done ? CircleCheck : CircleDashed
  return (
    <li data-done={done || undefined}>
      <Icon size={18} aria-label={done ? 'Done:' : 'To do:'} />
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </li>
  )
}
