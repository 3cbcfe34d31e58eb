import { type ReactNode, useId } from 'react'

interface Props {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | undefined
  /** Renders the control with what ties it to its label, hint and error. */
  readonly children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode
}

export function Field({ label, hint, error, children }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-describedby': `${id}-${error === undefined ? 'hint' : 'error'}`,
        'aria-invalid': error !== undefined,
      })}
      {error === undefined ? (
        <p id={`${id}-hint`} className="field-hint">
          {hint}
        </p>
      ) : (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  )
}
