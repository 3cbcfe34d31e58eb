import type { StagedKey } from '../../../shared/views.js'
import { call } from '../../api.js'
import { PassphraseModal } from '../../components/PassphraseModal.js'

interface Props {
  readonly stagedKeyId: string
  readonly onUnlocked: (staged: StagedKey) => void
  readonly onClose: () => void
}

export function PassphraseDialog({ stagedKeyId, onUnlocked, onClose }: Props) {
  return (
    <PassphraseModal
      title="This key is encrypted"
      hint="Needed once. Token Desk does not keep it."
      action="Unlock key"
      onClose={onClose}
      onSubmit={async (passphrase) => onUnlocked(await call('keys:unlockStaged', { stagedKeyId, passphrase }))}
    />
  )
}
