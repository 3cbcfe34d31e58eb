import { type FormEvent, useState } from 'react'
import type { StagedKey } from '../../../shared/views.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { Field } from '../../components/Field.js'
import { Modal } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'

interface Props {
  readonly onStaged: (staged: StagedKey) => void
  readonly onClose: () => void
}

/** The text lives in this dialog alone, and no longer than it is open. */
export function PasteKeyDialog({ onStaged, onClose }: Props) {
  const [text, setText] = useState('')
  const reading = useAction()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void reading.run(async () => {
      const staged = await call('keys:stage', { source: text })
      setText('')
      onStaged(staged)
    })
  }
  return (
    <Modal title="Paste private key" onClose={onClose}>
      <form onSubmit={submit} className="stack" noValidate>
        <Field
          label="Private key"
          hint="PEM in any shape you have it. Your clipboard still holds the key afterwards: copy something else over it."
        >
          {(control) => (
            <textarea
              {...control}
              className="mono"
              rows={9}
              placeholder="-----BEGIN RSA PRIVATE KEY-----"
              spellCheck={false}
              autoComplete="off"
              // biome-ignore lint/a11y/noAutofocus: a dialog must take focus, and this is its only field
              autoFocus
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        <Failure error={reading.error} />
        <div className="actions actions-end">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" aria-disabled={reading.busy}>
            Use this key
          </button>
        </div>
      </form>
    </Modal>
  )
}
