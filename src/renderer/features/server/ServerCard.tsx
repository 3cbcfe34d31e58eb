import { Copy, KeyRound, Play, Square } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { SECRET_HELD_MS, type ServerStatus } from '../../../shared/serving.js'
import type { ProfileView } from '../../../shared/views.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { Confirm } from '../../components/Modal.js'
import { Switch } from '../../components/Switch.js'
import { useAction } from '../../use-action.js'
import { type Copyable, CopyButtons } from './CopyButtons.js'
import { SecretDialog } from './SecretDialog.js'

/** Once its dialog is closed the secret is forgotten: these leave a place for it. */
const ITEMS: readonly Copyable[] = [
  {
    what: 'postman-environment',
    label: 'Postman environment',
    told: 'Postman environment copied. Enter the secret there as tokenDeskSecret.',
  },
  { what: 'postman-script', label: 'Postman script', told: 'Postman pre-request script copied' },
  { what: 'postman-collection', label: 'Postman collection', told: 'Postman collection copied' },
  { what: 'curl', label: 'curl', told: 'curl command copied. It takes the secret from TOKEN_DESK_SECRET.' },
]
const STOPPED = {
  idle: 'Stopped: nobody asked for a while.',
  user: 'Stopped.',
} as const

interface Props {
  readonly profile: ProfileView
  readonly status: ServerStatus
  readonly onStatus: (status: ServerStatus) => void
  readonly onSettings: () => void
  readonly announce: (text: string) => void
}

/** Live tokens for Postman, curl and scripts: whether this profile is served, where, and what its clients need. */
export function ServerCard({ profile, status, onStatus, onSettings, announce }: Props) {
  const { id: profileId, name } = profile
  const { served = false, hasSecret = false } = status.profiles.find((one) => one.profileId === profileId) ?? {}
  const action = useAction()
  const [secret, setSecret] = useState<string | null>(null)
  const [replacing, setReplacing] = useState(false)

  const forget = useCallback(() => {
    setSecret(null)
    void call('server:forgetSecret', { profileId }).catch(() => {})
  }, [profileId])
  useEffect(() => {
    if (secret === null) return
    const timer = setTimeout(forget, SECRET_HELD_MS)
    return () => clearTimeout(timer)
  }, [secret, forget])

  const makeSecret = async () => {
    const made = await call('server:newSecret', { profileId })
    onStatus(made.status)
    setSecret(made.secret)
  }
  const setServed = (on: boolean) =>
    void action.run(async () => {
      announce('')
      if (on && !hasSecret) return makeSecret()
      onStatus(await call('server:setServed', { profileId, served: on }))
      announce(on ? 'Served to other programs' : 'No longer served')
    })
  const start = (port: number | null) => void action.run(async () => onStatus(await call('server:start', { port })))
  const stop = () => void action.run(async () => onStatus(await call('server:stop')))
  const copyAddress = () =>
    void action.run(async () => {
      announce('')
      await call('server:copy', { profileId, what: 'url' })
      announce('Address copied')
    })
  const { state, stoppedBecause, origin, freePort, profiles } = status
  const others = profiles.filter((one) => one.served && one.profileId !== profileId).length
  // Of the server itself, which stands until it is mended; or of what was pressed just now.
  const failed = served && state === 'failed' ? status.error : null

  return (
    <section className="card server-card" aria-labelledby="server-title">
      <header className="card-header">
        <h2 id="server-title">Token server</h2>
        {served && state === 'running' && (
          <button type="button" className="button button-quiet" onClick={stop}>
            <Square size={13} aria-hidden />
            {others > 0 ? 'Stop for all profiles' : 'Stop server'}
          </button>
        )}
      </header>
      <Switch checked={served} onChange={setServed}>
        Hand this profile’s tokens to programs on this computer
      </Switch>
      {!served && (
        <p className="muted">
          Postman, curl or a script then get a live token by themselves, with a secret of this profile’s own. Web pages
          and other computers do not.
        </p>
      )}
      {served && state === 'running' && (
        <>
          <p className="server-address">
            <code>{origin}/docusignAuthkey</code>
            <button type="button" className="icon-button" aria-label="Copy address" onClick={copyAddress}>
              <Copy size={14} aria-hidden />
            </button>
          </p>
          <h3 className="server-copies">Copy for a client</h3>
          <div className="actions">
            <CopyButtons profileId={profileId} items={ITEMS} quiet run={action.run} announce={announce} />
          </div>
        </>
      )}
      {served && state === 'stopped' && (
        <div className="actions">
          <span>{stoppedBecause ? STOPPED[stoppedBecause] : 'The server does not run.'}</span>
          <button type="button" className="button" onClick={() => start(null)}>
            <Play size={13} aria-hidden />
            Start server
          </button>
        </div>
      )}
      {served && (
        <p className="server-secret">
          <span className="muted">The secret is shown once, when it is made.</span>
          <button type="button" className="button button-quiet" onClick={() => setReplacing(true)}>
            <KeyRound size={14} aria-hidden />
            New secret
          </button>
        </p>
      )}
      <Failure error={action.error ?? failed}>
        {action.error?.code === 'production_not_served' && (
          <button type="button" className="button" onClick={onSettings}>
            Open settings
          </button>
        )}
        {!action.error && failed && (
          <div className="actions">
            {freePort !== null && (
              <button type="button" className="button" onClick={() => start(freePort)}>
                Use port {freePort}
              </button>
            )}
            <button type="button" className="button" onClick={() => start(null)}>
              Try again
            </button>
          </div>
        )}
      </Failure>
      {replacing && (
        <Confirm
          title={`New secret for “${name}”?`}
          text="The present one stops working at once: each client has to be given the new one."
          action="Make new secret"
          onCancel={() => setReplacing(false)}
          onConfirm={() => {
            setReplacing(false)
            void action.run(makeSecret)
          }}
        />
      )}
      {secret !== null && (
        <SecretDialog profileId={profileId} name={name} secret={secret} announce={announce} onClose={forget} />
      )}
    </section>
  )
}
