import { type FormEvent, useState } from 'react'
import { ENVIRONMENTS } from '../../../shared/environments.js'
import { type ExportReport, IMPORT_LIMITS } from '../../../shared/import-views.js'
import type { ProfileView } from '../../../shared/views.js'
import { call } from '../../api.js'
import { EnvironmentIcon } from '../../components/EnvironmentMark.js'
import { Failure } from '../../components/Failure.js'
import { Field } from '../../components/Field.js'
import { Modal } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'

interface Props {
  readonly profiles: readonly ProfileView[]
  readonly onExported: (report: ExportReport) => void
  readonly onClose: () => void
}

const MIN_PASSPHRASE_LENGTH = 12

/** Profiles for other people. A profile of the simulator is of use here alone, so it is left out at first. */
export function ExportDialog({ profiles, onExported, onClose }: Props) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(profiles.filter(({ environment }) => environment !== 'simulator').map(({ id }) => id)),
  )
  const [withKeys, setWithKeys] = useState(false)
  const [passphrase, setPassphrase] = useState('')
  const [repeated, setRepeated] = useState('')
  const [tried, setTried] = useState(false)
  const exporting = useAction()
  const tooShort = withKeys && passphrase.length < MIN_PASSPHRASE_LENGTH
  const mismatch = withKeys && repeated !== passphrase
  const tooMany = chosen.size > IMPORT_LIMITS.profiles
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (chosen.size === 0 || tooMany || tooShort || mismatch) return
    void exporting.run(async () => {
      const report = await call('export:profiles', {
        profileIds: [...chosen],
        passphrase: withKeys ? passphrase : null,
      })
      if (report) onExported(report)
    })
  }
  const toggle = (id: string, wanted: boolean) =>
    setChosen((ids) => new Set(wanted ? [...ids, id] : [...ids].filter((other) => other !== id)))
  return (
    <Modal title="Export profiles" onClose={onClose}>
      <form className="stack" noValidate onSubmit={submit}>
        <p className="muted">For your team: import the file in another Token Desk. Tokens are never in it.</p>
        <ul className="export-list" aria-label="Profiles to export">
          {profiles.map(({ id, name, environment }) => (
            <li key={id}>
              <label className="switch">
                <input type="checkbox" checked={chosen.has(id)} onChange={({ target }) => toggle(id, target.checked)} />
                <EnvironmentIcon environment={environment} />
                <span className="candidate-title">
                  {name} <span className="muted">{ENVIRONMENTS[environment].label}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
        <label className="switch">
          <input type="checkbox" checked={withKeys} onChange={({ target }) => setWithKeys(target.checked)} />
          With private keys, sealed with a passphrase
        </label>
        {withKeys && (
          <div className="form-grid">
            <Field
              label="Passphrase"
              hint="Twelve characters or more. Hand it over by another way than the file."
              error={tried && tooShort ? 'Take twelve characters or more.' : undefined}
            >
              {(control) => (
                <input
                  {...control}
                  type="password"
                  autoComplete="off"
                  value={passphrase}
                  onChange={({ target }) => setPassphrase(target.value)}
                />
              )}
            </Field>
            <Field
              label="Repeat passphrase"
              error={mismatch && (tried || repeated !== '') ? 'The two are not the same.' : undefined}
            >
              {(control) => (
                <input
                  {...control}
                  type="password"
                  autoComplete="off"
                  value={repeated}
                  onChange={({ target }) => setRepeated(target.value)}
                />
              )}
            </Field>
          </div>
        )}
        {tooMany && <p className="field-error">One file holds 1,000 profiles at most.</p>}
        <Failure error={exporting.error} />
        <div className="actions actions-end">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" aria-disabled={exporting.busy || chosen.size === 0}>
            {`Export ${chosen.size} ${chosen.size === 1 ? 'profile' : 'profiles'}`}
          </button>
        </div>
      </form>
    </Modal>
  )
}
