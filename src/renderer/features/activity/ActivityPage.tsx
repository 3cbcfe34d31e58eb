import { Download, Trash2 } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ENVIRONMENTS } from '../../../shared/environments.js'
import type { ActivityEntry, ActivityFormat } from '../../../shared/views.js'
import { appErrorOf, call, listen } from '../../api.js'
import { EnvironmentIcon } from '../../components/EnvironmentMark.js'
import { Failure } from '../../components/Failure.js'
import { Confirm } from '../../components/Modal.js'
import { SearchField } from '../../components/SearchField.js'
import { useAction } from '../../use-action.js'
import { ActivityChart } from './ActivityChart.js'

const KINDS = {
  token: 'Token',
  'user-info': 'User info',
  'token-server': 'Token server',
  'command-line': 'Command line',
} as const

const labelOf = (environment: ActivityEntry['environment']) =>
  environment === null ? '' : ENVIRONMENTS[environment].label

interface Props {
  readonly onClose: () => void
  readonly announce: (text: string) => void
}

/** The ledger: what was asked of Docusign, and of this app by other programs: when, for whom, and how it went. */
export function ActivityPage({ onClose, announce }: Props) {
  const { entries, fail, action } = useLedger()
  const [words, setWords] = useState('')
  const [clearing, setClearing] = useState(false)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    title.current?.focus()
  }, [])
  const found = useMemo(() => entries?.filter((entry) => matches(entry, words)) ?? [], [entries, words])

  const save = (format: ActivityFormat) =>
    void action.run(async () => {
      const saved = await call('activity:export', { format })
      if (saved) announce(`Saved as ${saved.path}`)
    })
  return (
    <article className="page">
      <div className="scroller">
        <div className="column">
          <header className="panel-header">
            <h1 ref={title} tabIndex={-1}>
              Activity
            </h1>
            <button type="button" className="button" onClick={onClose}>
              Close
            </button>
          </header>
          <Failure error={fail ?? action.error} />
          {entries?.length === 0 && (
            <section className="empty">
              <h2>Nothing was asked of Docusign yet</h2>
              <p>
                Each request will be listed here: when, for which profile, how long it took and how it went. So will
                each call of another program.
              </p>
            </section>
          )}
          {entries && entries.length > 0 && (
            <>
              <ActivityChart entries={entries} />
              <div className="ledger-tools">
                <SearchField
                  label="Search the activity"
                  placeholder="Profile, outcome, trace token…"
                  value={words}
                  onChange={setWords}
                />
                <div className="actions">
                  <button type="button" className="button button-quiet" onClick={() => save('csv')}>
                    <Download size={14} aria-hidden />
                    Save CSV
                  </button>
                  <button type="button" className="button button-quiet" onClick={() => save('json')}>
                    <Download size={14} aria-hidden />
                    Save JSON
                  </button>
                  <button type="button" className="button button-quiet" onClick={() => setClearing(true)}>
                    <Trash2 size={14} aria-hidden />
                    Clear
                  </button>
                </div>
              </div>
              <Ledger entries={found} />
              <p className="muted">
                The last 500 requests to Docusign are kept. Of calls of other programs, like ones within a minute are
                one entry, and 250 entries are kept of those that were answered, 250 of others. No token, key or answer
                is among them.
              </p>
            </>
          )}
        </div>
      </div>
      {clearing && (
        <Confirm
          title="Clear the activity?"
          text="The list of past requests is removed from this computer."
          action="Clear activity"
          onCancel={() => setClearing(false)}
          onConfirm={() => {
            setClearing(false)
            void action.run(async () => {
              await call('activity:clear')
              announce('Activity cleared')
            })
          }}
        />
      )}
    </article>
  )
}

function useLedger() {
  const [entries, setEntries] = useState<readonly ActivityEntry[] | null>(null)
  const [fail, setFail] = useState<ReturnType<typeof appErrorOf> | null>(null)
  const action = useAction()
  useEffect(() => {
    const read = () => {
      call('activity:list').then(
        (list) => setEntries(list.entries),
        (thrown) => setFail(appErrorOf(thrown)),
      )
    }
    read()
    return listen('activity:changed', read)
  }, [])
  return { entries, fail, action }
}

function Ledger({ entries }: { entries: readonly ActivityEntry[] }) {
  if (entries.length === 0) return <p className="nothing-found">No request matches.</p>
  return (
    <table className="ledger">
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Profile</th>
          <th scope="col">Request</th>
          <th scope="col">Outcome, trace token</th>
          <th scope="col" className="number">
            Took
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map(({ atMs, environment, profile, kind, outcome, durationMs, traceToken, calls = 1 }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two requests may begin in the same millisecond
          <tr key={`${atMs}-${index}`}>
            <td>
              <time dateTime={new Date(atMs).toISOString()}>{new Date(atMs).toLocaleString()}</time>
            </td>
            <td>
              <span className="ledger-profile">
                {environment !== null && <EnvironmentIcon environment={environment} />}
                <span className="visually-hidden">{labelOf(environment)}</span> {profile}
                {profile === '' && <span className="muted">none</span>}
              </span>
            </td>
            <td>
              {KINDS[kind]}
              {calls > 1 && <span className="muted"> × {calls.toLocaleString()}</span>}
            </td>
            <td>
              {outcome === 'ok' ? (
                <span className="outcome-ok">OK</span>
              ) : (
                <code className="outcome-failed">{outcome}</code>
              )}
              {traceToken !== null && <code className="trace">{traceToken}</code>}
            </td>
            <td className="number">{durationMs} ms</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function matches({ environment, profile, kind, outcome, traceToken, atMs }: ActivityEntry, words: string): boolean {
  const text = [labelOf(environment), profile, KINDS[kind], outcome, traceToken, new Date(atMs).toLocaleString()]
    .join(' ')
    .toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
