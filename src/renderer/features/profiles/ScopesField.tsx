import { Check, Plus } from 'lucide-react'
import { parseScopes, SCOPE_PRESETS } from '../../../shared/scopes.js'
import { Field } from '../../components/Field.js'

interface Props {
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (scopes: string) => void
  readonly onBlur: () => void
}

/** Free text, with presets that add or take away what an API needs. */
export function ScopesField({ value, error, onChange, onBlur }: Props) {
  const present = parseScopes(value)
  const toggle = (scopes: readonly string[], on: boolean) =>
    onChange(
      (on ? [...new Set([...present, ...scopes])] : present.filter((scope) => !scopes.includes(scope))).join(' '),
    )
  return (
    <>
      <Field
        label="Scopes"
        error={error}
        hint="Separated by spaces. A scope that is new to the user needs consent again."
      >
        {(control) => (
          <textarea
            {...control}
            className="mono"
            rows={2}
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            onBlur={onBlur}
          />
        )}
      </Field>
      <fieldset className="presets">
        <legend className="visually-hidden">Scope presets</legend>
        {SCOPE_PRESETS.map(({ id, label, scopes }) => {
          const on = scopes.every((scope) => present.includes(scope))
          return (
            <button
              key={id}
              type="button"
              className="chip"
              aria-pressed={on}
              title={scopes.join(' ')}
              onClick={() => toggle(scopes, !on)}
            >
              {on ? <Check size={12} aria-hidden /> : <Plus size={12} aria-hidden />}
              {label}
            </button>
          )
        })}
      </fieldset>
    </>
  )
}
