import { RefreshCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { AccountField, UserInfoView } from '../../../shared/account.js'
import type { TokenView } from '../../../shared/views.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { useAction } from '../../use-action.js'
import { AccountFacts } from './AccountFacts.js'
import { TryToken } from './TryToken.js'

interface Props {
  readonly profileId: string
  readonly token: TokenView | null
  readonly announce: (text: string) => void
}

/** Whom the token acts for, and the proof that it is accepted. Not there before the first token. */
export function AccountCard({ profileId, token, announce }: Props) {
  const [info, setInfo] = useState<UserInfoView | null>(null)
  const asking = useAction()
  const acting = useAction()
  const issuedAtMs = token?.issuedAtMs ?? null

  const load = (refresh: boolean) =>
    asking.run(async () => {
      setInfo(await call('account:get', { profileId, refresh }))
      if (refresh) announce('Accounts refreshed')
    })
  const choose = (accountId: string) =>
    void acting.run(async () => setInfo(await call('account:choose', { profileId, accountId })))
  const copy = (field: AccountField, what: string) =>
    void acting.run(async () => {
      announce('')
      await call('account:copy', { profileId, field })
      announce(`${what} copied`)
    })
  // Another token: main answers from what it knows, or asks once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect is about this value changing
  useEffect(() => void load(false), [issuedAtMs])

  if (!info && !token) return null
  return (
    <section className="card account-card" aria-labelledby="account-title">
      <header className="card-header">
        <h2 id="account-title">Account</h2>
        {token && (
          <button
            type="button"
            className="button button-quiet"
            aria-disabled={asking.busy}
            onClick={() => void load(true)}
          >
            <RefreshCw size={14} aria-hidden className={asking.busy ? 'spinning' : undefined} />
            Refresh
          </button>
        )}
      </header>
      {info && <AccountFacts info={info} onChoose={choose} onCopy={copy} />}
      {!info && !asking.error && <p className="muted">Asking whom this token acts for…</p>}
      <Failure error={asking.error ?? acting.error}>
        {asking.error && (
          <button type="button" className="button" onClick={() => void load(true)}>
            Try again
          </button>
        )}
      </Failure>
      {token && <TryToken key={issuedAtMs} profileId={profileId} announce={announce} />}
    </section>
  )
}
