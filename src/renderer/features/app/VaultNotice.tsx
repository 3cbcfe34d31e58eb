import { LockKeyhole, ShieldOff } from 'lucide-react'
import { useState } from 'react'
import type { VaultStatus } from '../../../shared/views.js'
import { call } from '../../api.js'
import { PassphraseModal } from '../../components/PassphraseModal.js'

/** Says that keys are not protected on disk, or locked, and offers what changes it. It cannot be dismissed. */
export function VaultNotice({
  vault,
  onChanged,
}: {
  vault: VaultStatus
  onChanged: (announcement: string) => Promise<void>
}) {
  const [asking, setAsking] = useState(false)
  if (vault.state === 'sealed') return null
  const locked = vault.state === 'locked'
  const Icon = locked ? LockKeyhole : ShieldOff
  const done = async (announcement: string) => {
    setAsking(false)
    await onChanged(announcement)
  }
  return (
    <div className="notice notice-warning">
      <Icon size={16} aria-hidden />
      <p>
        <strong>{vault.summary}</strong> {vault.hint}
      </p>
      <button type="button" className="button button-small" onClick={() => setAsking(true)}>
        {locked ? 'Unlock keys' : 'Set a passphrase'}
      </button>
      {asking && locked && (
        <PassphraseModal
          title="Unlock the keys"
          hint="The passphrase that you set for the keys on this computer."
          action="Unlock keys"
          onClose={() => setAsking(false)}
          onSubmit={async (passphrase) => {
            await call('vault:unlock', { passphrase })
            await done('Keys unlocked')
          }}
        />
      )}
      {asking && !locked && (
        <PassphraseModal
          title="Protect the keys with a passphrase"
          hint="Twelve characters or more, asked for at each start. It is kept nowhere: without it the keys cannot be opened."
          action="Protect keys"
          isNew
          onClose={() => setAsking(false)}
          onSubmit={async (passphrase) => {
            await call('vault:setPassphrase', { passphrase })
            await done('Keys are sealed with your passphrase')
          }}
        />
      )}
    </div>
  )
}
