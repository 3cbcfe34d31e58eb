import { type FormEvent, useState } from 'react'
import type { StagedKey } from '../../../shared/views.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { Field } from '../../components/Field.js'
import { Modal } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'

interface Props {
  readonly stagedKeyId: string
  readonly onUnlocked: (staged: StagedKey) => void
  readonly onClose: () => void
}

export function PassphraseDialog({ stagedKeyId, onUnlocked, onClose }: Props) {
  const [passphrase, setPassphrase] = useState('')
  const unlocking = useAction()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void unlocking.run(async () => onUnlocked(await call('keys:unlockStaged', { stagedKeyId, passphrase })))
  }
  return (
    <Modal title="This key is encrypted" onClose={onClose}>
      <form onSubmit={submit} className="stack">
        <Field label="Passphrase" hint="Needed once. Token Desk does not keep it.">
          {(control) => (
            <input
              {...control}
              type="password"
              autoComplete="off"
              // biome-ignore lint/a11y/noAutofocus: a dialog must take focus, and this is its only field
              autoFocus
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
            />
          )}
        </Field>
        <Failure error={unlocking.error} />
        <div className="actions actions-end">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" aria-disabled={unlocking.busy}>
            Unlock key
          </button>
        </div>
      </form>
    </Modal>
  )
}
