import { CircleCheck, Send } from 'lucide-react'
import { useState } from 'react'
import type { TokenTrial } from '../../../shared/account.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { useAction } from '../../use-action.js'

/** Sends the token where it came from, so that a dead one is found here and not in Postman. */
export function TryToken({ profileId, announce }: { profileId: string; announce: (text: string) => void }) {
  const [trial, setTrial] = useState<TokenTrial | null>(null)
  const { busy, error, run } = useAction()
  const send = () =>
    run(async () => {
      announce('')
      setTrial(null)
      const answer = await call('tokens:try', { profileId })
      setTrial(answer)
      if (!answer.error) announce('The token is accepted')
    })
  return (
    <div className="try-token">
      <div className="actions">
        <button type="button" className="button" aria-disabled={busy} onClick={() => void send()}>
          <Send size={14} aria-hidden />
          Try token
        </button>
        {busy && <span className="muted">Sending user info…</span>}
        {!busy && !trial && <span className="muted">Asks user info with it: proof that it works.</span>}
      </div>
      {trial && (
        <p className="trial">
          {!trial.error && <CircleCheck size={15} aria-hidden />}
          <span>
            HTTP {trial.status} in {trial.latencyMs} ms
          </span>
          {trial.traceToken && (
            <span>
              X-DocuSign-TraceToken <code>{trial.traceToken}</code>
            </span>
          )}
        </p>
      )}
      <Failure error={error ?? trial?.error ?? null} />
    </div>
  )
}
