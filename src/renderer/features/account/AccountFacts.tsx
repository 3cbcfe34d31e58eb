import { Copy } from 'lucide-react'
import type { AccountField, UserInfoView } from '../../../shared/account.js'
import { Field } from '../../components/Field.js'

interface Props {
  readonly info: UserInfoView
  readonly onChoose: (accountId: string) => void
  readonly onCopy: (field: AccountField, what: string) => void
}

export function AccountFacts({ info, onChoose, onCopy }: Props) {
  const { accounts, chosenId, leftOut } = info
  const account = accounts.find(({ id }) => id === chosenId)
  const facts: readonly (readonly [AccountField, string, string | undefined, boolean])[] = [
    ['name', 'Name', info.name, false],
    ['email', 'Email', info.email, false],
    ['accountName', 'Account name', account?.name, false],
    ['accountId', 'Account ID', account?.id, true],
    ['baseUri', 'Base URI', account?.baseUri, true],
    ['restBasePath', 'REST base path of the account', account?.restBasePath, true],
  ]
  return (
    <>
      {accounts.length > 1 && (
        <Field label="Work in" hint={`${accounts.length} accounts. The choice is kept with this profile.`}>
          {(control) => (
            <select {...control} value={chosenId ?? ''} onChange={(event) => onChoose(event.target.value)}>
              {accounts.map(({ id, name, isDefault }) => (
                <option key={id} value={id}>
                  {name || id}
                  {isDefault ? ' (default)' : ''}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <dl className="facts account-facts">
        {facts.map(([field, term, value, mono]) =>
          value ? (
            <div key={field}>
              <dt>{term}</dt>
              <dd>
                <span className={mono ? 'mono' : undefined}>{value}</span>
                {field === 'accountName' && account?.isDefault && <span className="badge">Default</span>}
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`Copy ${term}`}
                  onClick={() => onCopy(field, term)}
                >
                  <Copy size={14} aria-hidden />
                </button>
              </dd>
            </div>
          ) : null,
        )}
      </dl>
      {accounts.length === 0 && <p className="muted">This user has no account that could be used here.</p>}
      {leftOut > 0 && (
        <p className="muted">
          {leftOut === 1 ? 'One account is left out' : `${leftOut} accounts are left out`}: its id or base URI cannot be
          used, or the list is too long.
        </p>
      )}
    </>
  )
}
