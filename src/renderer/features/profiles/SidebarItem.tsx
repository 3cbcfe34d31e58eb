import { memo } from 'react'
import { ENVIRONMENTS } from '../../../shared/environments.js'
import type { ProfileView } from '../../../shared/views.js'
import { EnvironmentIcon } from '../../components/EnvironmentMark.js'

interface Props {
  readonly profile: ProfileView
  /** Stands above the first of an environment. */
  readonly heading: string | null
  readonly count: number
  readonly selected: boolean
  readonly onSelect: (id: string) => void
}

export const SidebarItem = memo(
  ({ profile: { id, name, environment }, heading, count, selected, onSelect }: Props) => (
    <li>
      {heading !== null && (
        <span className="group" aria-hidden>
          <span>{heading}</span>
          <span>{count}</span>
        </span>
      )}
      <button
        type="button"
        className={`profile-item profile-${environment}`}
        aria-current={selected || undefined}
        onClick={() => onSelect(id)}
      >
        <EnvironmentIcon environment={environment} />
        <span className="profile-text">
          <span className="profile-name" title={name}>
            {name}
          </span>
          {/* The heading above says the others' environment to the eye; production says it on every line. */}
          <span className={environment === 'production' ? 'mark' : 'visually-hidden'}>
            {ENVIRONMENTS[environment].label}
          </span>
        </span>
      </button>
    </li>
  ),
  // `onSelect` is made anew at each render and does the same: a thousand items need not follow it.
  (before, after) =>
    before.profile.id === after.profile.id &&
    before.profile.name === after.profile.name &&
    before.profile.environment === after.profile.environment &&
    before.selected === after.selected &&
    before.heading === after.heading &&
    before.count === after.count,
)
