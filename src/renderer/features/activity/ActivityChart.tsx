import type { ActivityEntry } from '../../../shared/views.js'

/** As many as can be told apart at a glance. */
const SHOWN = 60
const HEIGHT = 56
const STEP = 10

/** One bar per request to Docusign, oldest first: its height is how long it took, its colour whether it failed. */
export function ActivityChart({ entries }: { entries: readonly ActivityEntry[] }) {
  // Answers to other programs mostly take no time at all: among these they would only hide the rest.
  const shown = entries
    .filter(({ kind }) => kind === 'token' || kind === 'user-info')
    .slice(0, SHOWN)
    .reverse()
  if (shown.length === 0) return null
  const durations = shown.map(({ durationMs }) => durationMs)
  const slowestMs = Math.max(1, ...durations)
  const failed = shown.filter(({ outcome }) => outcome !== 'ok').length
  const medianMs = [...durations].sort((a, b) => a - b)[Math.floor(durations.length / 2)] ?? 0
  return (
    <figure className="card chart">
      <figcaption>
        <h2>{shown.length === 1 ? 'The last request' : `The last ${shown.length} requests`}</h2>
        <dl>
          <Fact term="Median" value={`${medianMs} ms`} />
          <Fact term="Slowest" value={`${slowestMs} ms`} />
          <Fact term="Failed" value={String(failed)} />
        </dl>
      </figcaption>
      <svg viewBox={`0 0 ${SHOWN * STEP} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
        {shown.map(({ atMs, durationMs, outcome }, index) => {
          const height = Math.max(3, (durationMs / slowestMs) * HEIGHT)
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: two requests may begin in the same millisecond
              key={`${atMs}-${index}`}
              className={outcome === 'ok' ? 'bar' : 'bar bar-failed'}
              x={(SHOWN - shown.length + index) * STEP + 1}
              y={HEIGHT - height}
              width={STEP - 3}
              height={height}
            />
          )
        })}
      </svg>
    </figure>
  )
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  )
}
