import { Trash2 } from 'lucide-react'
import { type Ref, useState } from 'react'
import { ENVIRONMENTS } from '../../../shared/environments.js'
import type { ProfileView } from '../../../shared/views.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { Confirm } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'
import { KeyLoader } from './KeyLoader.js'
import { KeySummary } from './KeySummary.js'

interface Props {
  readonly ref: Ref<HTMLElement>
  readonly profile: ProfileView
  /** A key came or went; says so once the list is fresh. */
  readonly onChanged: (announcement: string) => Promise<void>
  readonly announce: (text: string) => void
}

const REPLACES = 'The profile’s present key is removed from this computer. Its tokens are forgotten.'

export function KeySection({ ref, profile, onChanged, announce }: Props) {
  const { id: profileId, name, environment, key } = profile
  const [removing, setRemoving] = useState(false)
  const action = useAction()
  return (
    <section ref={ref} className={key ? 'key-section' : 'key-section key-wanted'} aria-labelledby="key-title">
      <header className="card-header">
        <h2 id="key-title">RSA private key</h2>
        {key && (
          <button type="button" className="button button-quiet" onClick={() => setRemoving(true)}>
            <Trash2 size={14} aria-hidden />
            Remove key
          </button>
        )}
      </header>
      {key ? (
        <KeySummary
          keyView={key}
          onCopyPublic={() =>
            void action.run(async () => {
              await call('keys:copyPublic', { profileId })
              announce('Public key copied')
            })
          }
        />
      ) : (
        <p>
          Drop the key file here, load it, or paste it. It is the private half that Apps and Keys showed once, when the
          pair was made.
        </p>
      )}
      <KeyLoader
        owner={`“${name}” (${ENVIRONMENTS[environment].label})`}
        replaces={key ? REPLACES : null}
        primary={key === null}
        onStaged={async ({ stagedKeyId, repairs }) => {
          await call('keys:attach', { profileId, stagedKeyId })
          await onChanged(repairs.length > 0 ? `Key loaded. Repaired: ${repairs.join(' ')}` : 'Key loaded')
        }}
      />
      <Failure error={action.error} />
      {removing && (
        <Confirm
          title="Remove the key?"
          text="The private key is removed from this computer and its tokens are forgotten. The pair at Docusign stays."
          action="Remove key"
          onCancel={() => setRemoving(false)}
          onConfirm={() => {
            setRemoving(false)
            void action.run(async () => {
              await call('keys:remove', { profileId })
              await onChanged('Key removed')
            })
          }}
        />
      )}
    </section>
  )
}
