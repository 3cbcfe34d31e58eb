import { type FormEvent, useState } from 'react'
import { useAction } from '../use-action.js'
import { Failure } from './Failure.js'
import { Field } from './Field.js'
import { Modal } from './Modal.js'

interface Props {
  readonly title: string
  readonly hint: string
  readonly action: string
  /** A new passphrase is typed twice: a slip would lock the keys for good. */
  readonly isNew?: boolean
  /** A failure is shown here, and the dialog stays. */
  readonly onSubmit: (passphrase: string) => Promise<void>
  readonly onClose: () => void
}

/** Asks for a passphrase. It lives in this dialog alone, and no longer than it is open. */
export function PassphraseModal({ title, hint, action, isNew = false, onSubmit, onClose }: Props) {
  const [passphrase, setPassphrase] = useState('')
  const [repeated, setRepeated] = useState('')
  const submitting = useAction()
  const mismatch = isNew && repeated !== '' && repeated !== passphrase
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isNew && repeated !== passphrase) return
    void submitting.run(() => onSubmit(passphrase))
  }
  return (
    <Modal title={title} onClose={onClose}>
      <form onSubmit={submit} className="stack">
        <Field label="Passphrase" hint={hint}>
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="off"
              // biome-ignore lint/a11y/noAutofocus: a dialog must take focus, and this is its first field
              autoFocus
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          )}
        </Field>
        {isNew && (
          <Field label="Repeat passphrase" error={mismatch ? 'The two are not the same.' : undefined}>
            {(control) => (
              <input
                {...control}
                type="password"
                autoComplete="off"
                value={repeated}
                onChange={(event) => setRepeated(event.target.value)}
              />
            )}
          </Field>
        )}
        <Failure error={submitting.error} />
        <div className="actions actions-end">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" aria-disabled={submitting.busy}>
            {action}
          </button>
        </div>
      </form>
    </Modal>
  )
}
