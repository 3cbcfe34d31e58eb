import { KeyRound, LockKeyhole } from 'lucide-react'
import { ENVIRONMENTS, type EnvironmentId } from '../../../shared/environments.js'
import type { ImportCandidate } from '../../../shared/import-views.js'
import { isGuid } from '../../../shared/profile-rules.js'
import { EnvironmentIcon } from '../../components/EnvironmentMark.js'
import { Field } from '../../components/Field.js'
import type { Draft, DraftProblems } from './choices.js'

interface Props {
  readonly candidate: ImportCandidate
  readonly draft: Draft
  readonly problems: DraftProblems
  readonly onChange: (change: Partial<Draft>) => void
}

const GUIDS = [
  ['integrationKey', 'Integration key'],
  ['userId', 'User ID'],
] as const

/** One profile of the file: what it would become, and what only the user can say. */
export function CandidateCard({ candidate, draft, problems, onChange }: Props) {
  const { fileName, environments, grant, scopes, oauthHost, restBasePath, notes } = candidate
  const tone = draft.environment === '' ? '' : ` candidate-${draft.environment}`
  return (
    <li className={`candidate${tone}`}>
      <label className="switch">
        <input type="checkbox" checked={draft.wanted} onChange={({ target }) => onChange({ wanted: target.checked })} />
        {draft.environment !== '' && <EnvironmentIcon environment={draft.environment} />}
        <span className="candidate-title">
          Import “{draft.name}” <span className="muted">from {fileName}</span>
        </span>
      </label>
      <div className="form-grid">
        <Field label="Name" error={problems.name}>
          {(control) => (
            <input
              {...control}
              spellCheck={false}
              autoComplete="off"
              value={draft.name}
              // Another name is the answer to "this one is taken".
              onChange={({ target }) => onChange({ name: target.value, wanted: true })}
            />
          )}
        </Field>
        <Field label="Environment" error={problems.environment} hint={hintOf(candidate.environment, draft.environment)}>
          {(control) => (
            <select
              {...control}
              value={draft.environment}
              onChange={({ target }) => onChange({ environment: target.value as EnvironmentId })}
            >
              {draft.environment === '' && <option value="">Choose…</option>}
              {environments.map((id) => (
                <option key={id} value={id}>
                  {ENVIRONMENTS[id].label}
                </option>
              ))}
            </select>
          )}
        </Field>
        {/* What the file gave stays as it is; what it did not can be typed. */}
        {GUIDS.map(
          ([field, label]) =>
            !isGuid(candidate[field]) &&
            (field === 'integrationKey' || grant === 'user') && (
              <Field key={field} label={label} error={problems[field]} hint="Not in the file. It is on Apps and Keys.">
                {(control) => (
                  <input
                    {...control}
                    className="mono"
                    spellCheck={false}
                    autoComplete="off"
                    value={draft[field]}
                    onChange={({ target }) => onChange({ [field]: target.value })}
                  />
                )}
              </Field>
            ),
        )}
      </div>
      <dl className="facts">
        {GUIDS.map(
          ([field, label]) =>
            isGuid(candidate[field]) && <Fact key={field} label={label} value={candidate[field]} mono />,
        )}
        <Fact label="Scopes" value={scopes.join(' ')} mono />
        {oauthHost !== '' && <Fact label="OAuth host" value={oauthHost} mono />}
        {restBasePath !== '' && <Fact label="REST base path" value={restBasePath} mono />}
      </dl>
      <KeyLine candidate={candidate} />
      {notes.map((note) => (
        <p key={note} className="candidate-note">
          {note}
        </p>
      ))}
    </li>
  )
}

function Fact({ label, value, mono = false }: { label: string; value: string; mono?: boolean }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className={mono ? 'mono' : undefined}>{value}</dd>
    </div>
  )
}

function KeyLine({ candidate: { key, keySealed } }: { candidate: ImportCandidate }) {
  if (key) {
    const { fingerprint, bits } = key
    return (
      <p className="key-line">
        <span className="protection">
          <KeyRound size={13} aria-hidden />
          With its key
        </span>
        <code title={`SHA-256 ${fingerprint}`}>{`${fingerprint.slice(0, 11)}…${fingerprint.slice(-11)}`}</code>
        <span>RSA {bits}</span>
      </p>
    )
  }
  if (!keySealed) return <p className="muted">No key: load one in the profile afterwards.</p>
  return (
    <p className="key-line">
      <span className="protection protection-memory">
        <LockKeyhole size={13} aria-hidden />
        Its key is sealed
      </span>
    </p>
  )
}

function hintOf(said: EnvironmentId | null, chosen: Draft['environment']): string {
  if (said === null) return chosen === '' ? 'The file does not say. Choose one.' : ''
  return said === chosen ? 'As the file says.' : `The file says ${ENVIRONMENTS[said].label}.`
}
