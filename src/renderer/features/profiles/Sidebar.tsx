import { KeyRound, Plus, Search } from 'lucide-react'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { ENVIRONMENT_IDS, ENVIRONMENTS } from '../../../shared/environments.js'
import type { ProfileView } from '../../../shared/views.js'
import { EnvironmentMark } from '../../components/EnvironmentMark.js'

/** From here on a list is easier searched than read. */
const FILTER_FROM = 8

interface Props {
  readonly profiles: readonly ProfileView[]
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
  readonly onNew: () => void
}

export function Sidebar({ profiles, selectedId, onSelect, onNew }: Props) {
  const [filter, setFilter] = useState('')
  const list = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen one is brought into view when it changes
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [selectedId])
  const groups = useMemo(() => groupByEnvironment(profiles, filter), [profiles, filter])
  return (
    <nav className="sidebar" aria-label="Profiles and environments">
      <header className="brand">
        <KeyRound size={18} aria-hidden />
        <span>Token Desk</span>
      </header>
      {profiles.length > FILTER_FROM && (
        <div className="filter">
          <Search size={14} aria-hidden />
          <input
            type="search"
            aria-label="Filter profiles"
            placeholder="Filter profiles"
            value={filter}
            onChange={(event) => setFilter(event.target.value)}
          />
        </div>
      )}
      <ul ref={list} className="profiles" aria-label="Profiles">
        {groups.flatMap(({ label, members }) =>
          members.map((profile, index) => (
            <Item
              key={profile.id}
              profile={profile}
              heading={index === 0 ? label : null}
              selected={profile.id === selectedId}
              onSelect={onSelect}
            />
          )),
        )}
      </ul>
      {profiles.length > 0 && groups.length === 0 && <p className="nothing-found">No profile matches.</p>}
      <button type="button" className="button new-profile" onClick={onNew}>
        <Plus size={16} aria-hidden />
        New profile
      </button>
    </nav>
  )
}

interface ItemProps {
  readonly profile: ProfileView
  readonly heading: string | null
  readonly selected: boolean
  readonly onSelect: (id: string) => void
}

const Item = memo(
  ({ profile: { id, name, environment }, heading, selected, onSelect }: ItemProps) => (
    <li>
      {heading !== null && (
        <span className="group" aria-hidden>
          {heading}
        </span>
      )}
      <button type="button" className="profile-item" aria-current={selected || undefined} onClick={() => onSelect(id)}>
        <span className="profile-name">{name}</span>
        <EnvironmentMark environment={environment} />
      </button>
    </li>
  ),
  // `onSelect` is made anew at each render and does the same: a thousand items need not follow it.
  (before, after) =>
    before.profile === after.profile && before.selected === after.selected && before.heading === after.heading,
)

function groupByEnvironment(profiles: readonly ProfileView[], filter: string) {
  const words = filter.trim().toLowerCase()
  return ENVIRONMENT_IDS.map((environment) => ({
    label: ENVIRONMENTS[environment].label,
    members: profiles.filter(
      (profile) => profile.environment === environment && profile.name.toLowerCase().includes(words),
    ),
  })).filter(({ members }) => members.length > 0)
}
