import { type ReactNode, useEffect, useState } from 'react'
import type { InspectedRow, TokenInspection } from '../../../shared/inspection.js'
import type { AppError } from '../../../shared/result.js'
import type { TokenView } from '../../../shared/views.js'
import { appErrorOf, call } from '../../api.js'

interface Props {
  readonly profileId: string
  readonly token: TokenView
  readonly onError: (error: AppError) => void
}

/** What the token says of itself, asked for once the disclosure is opened. */
export function Inspection({ profileId, token, onError }: Props) {
  const [open, setOpen] = useState(false)
  const [inspection, setInspection] = useState<TokenInspection | null>(null)
  const { issuedAtMs, expiresAtMs } = token
  // biome-ignore lint/correctness/useExhaustiveDependencies: another token is inspected anew
  useEffect(() => {
    setInspection(null)
    if (!open) return
    let wanted = true
    call('tokens:inspect', { profileId }).then(
      (found) => wanted && setInspection(found),
      (thrown) => wanted && onError(appErrorOf(thrown)),
    )
    return () => {
      wanted = false
    }
  }, [open, issuedAtMs, profileId])
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Inspect token</summary>
      {inspection && (
        <div className="inspection">
          <dl>
            <Row name="Issued" value={<Moment atMs={issuedAtMs} />} />
            <Row name="Expires" value={<Moment atMs={expiresAtMs} />} />
            <Row name="Size" value={`${inspection.sizeBytes} bytes`} />
            {inspection.scopes.length > 0 && <Row name="Scopes" value={inspection.scopes.join(' ')} />}
          </dl>
          <Rows title="Header" rows={inspection.header} />
          <Rows title="Claims" rows={inspection.claims} />
          {inspection.opaque.map((sentence) => (
            <p key={sentence} className="muted">
              {sentence}
            </p>
          ))}
        </div>
      )}
    </details>
  )
}

function Rows({ title, rows }: { title: string; rows: readonly InspectedRow[] }) {
  if (rows.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <dl>
        {rows.map(({ name, value, atMs }) => (
          <Row key={name} name={name} value={atMs === undefined ? value : <Moment atMs={atMs} raw={value} />} mono />
        ))}
      </dl>
    </>
  )
}

function Row({ name, value, mono = false }: { name: string; value: ReactNode; mono?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={mono ? 'mono' : undefined}>{value}</dd>
    </div>
  )
}

/** Local time and UTC: logs use the one, people the other. */
function Moment({ atMs, raw }: { atMs: number; raw?: string }) {
  const date = new Date(atMs)
  return (
    <time dateTime={date.toISOString()}>
      {raw !== undefined && `${raw} · `}
      {date.toLocaleString()} local · {date.toISOString().replace(/\.\d+Z$/, 'Z')} UTC
    </time>
  )
}
