import { ChevronsUpDown, Download, KeyRound, Plus, Upload } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { ENVIRONMENT_IDS, ENVIRONMENTS, type EnvironmentId } from '../../../shared/environments.js'
import type { ProfileView } from '../../../shared/views.js'
import { EnvironmentIcon } from '../../components/EnvironmentMark.js'
import { SearchField } from '../../components/SearchField.js'
import { SidebarItem } from './SidebarItem.js'

/** From here on a list is easier searched than read. */
const FILTER_FROM = 8

interface Props {
  readonly profiles: readonly ProfileView[]
  readonly selectedId: string | null
  readonly onSelect: (id: string) => void
  readonly onNew: () => void
  readonly onImport: () => void
  readonly onExport: () => void
}

export function Sidebar({ profiles, selectedId, onSelect, onNew, onImport, onExport }: Props) {
  const [filter, setFilter] = useState('')
  const [only, setOnly] = useState<EnvironmentId | null>(null)
  // Counts in a narrow window alone, where the list hides behind a button.
  const [unfolded, setUnfolded] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen one is brought into view when it changes
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [selectedId, unfolded])
  const groups = useMemo(() => groupByEnvironment(profiles, filter, only), [profiles, filter, only])
  const selected = profiles.find(({ id }) => id === selectedId)
  const many = profiles.length > FILTER_FROM
  const fold = (then: () => void) => {
    setUnfolded(false)
    then()
  }
  return (
    <nav
      className="sidebar"
      aria-label="Profiles and environments"
      data-unfolded={unfolded || undefined}
      onKeyDown={(event) => event.key === 'Escape' && setUnfolded(false)}
    >
      <header className="brand">
        <KeyRound size={17} aria-hidden />
        <span>Token Desk</span>
      </header>
      <button
        type="button"
        className="button switcher"
        aria-expanded={unfolded}
        aria-controls="sidebar-list"
        onClick={() => setUnfolded(!unfolded)}
      >
        {selected && <EnvironmentIcon environment={selected.environment} />}
        <span className="profile-name">{selected?.name ?? 'Choose a profile'}</span>
        <ChevronsUpDown size={14} aria-hidden />
      </button>
      <div className="sidebar-list" id="sidebar-list">
        {many && <Filter filter={filter} only={only} onFilter={setFilter} onOnly={setOnly} />}
        <ul ref={list} className="profiles" aria-label="Profiles">
          {groups.flatMap(({ label, members }) =>
            members.map((profile, index) => (
              <SidebarItem
                key={profile.id}
                profile={profile}
                heading={index === 0 ? label : null}
                count={index === 0 ? members.length : 0}
                selected={profile.id === selectedId}
                onSelect={(id) => fold(() => onSelect(id))}
              />
            )),
          )}
        </ul>
        {profiles.length > 0 && groups.length === 0 && <p className="nothing-found">No profile matches.</p>}
        <div className="transfer">
          <button type="button" className="button button-quiet" onClick={() => fold(onImport)}>
            <Download size={14} aria-hidden />
            Import
          </button>
          {profiles.length > 0 && (
            <button type="button" className="button button-quiet" onClick={() => fold(onExport)}>
              <Upload size={14} aria-hidden />
              Export
            </button>
          )}
        </div>
      </div>
      <button type="button" className="button new-profile" aria-label="New profile" onClick={() => fold(onNew)}>
        <Plus size={15} aria-hidden />
        <span>New profile</span>
      </button>
    </nav>
  )
}

interface FilterProps {
  readonly filter: string
  readonly only: EnvironmentId | null
  readonly onFilter: (filter: string) => void
  readonly onOnly: (only: EnvironmentId | null) => void
}

function Filter({ filter, only, onFilter, onOnly }: FilterProps) {
  return (
    <div className="filter">
      <SearchField label="Filter profiles" placeholder="Filter profiles" value={filter} onChange={onFilter} />
      <fieldset className="segments">
        <legend className="visually-hidden">Show one environment only</legend>
        {ENVIRONMENT_IDS.map((id) => (
          <button
            key={id}
            type="button"
            aria-pressed={only === id}
            aria-label={`${ENVIRONMENTS[id].label} only`}
            title={`${ENVIRONMENTS[id].label} only`}
            onClick={() => onOnly(only === id ? null : id)}
          >
            <EnvironmentIcon environment={id} />
          </button>
        ))}
      </fieldset>
    </div>
  )
}

function groupByEnvironment(profiles: readonly ProfileView[], filter: string, only: EnvironmentId | null) {
  const words = filter.trim().toLowerCase()
  return ENVIRONMENT_IDS.filter((environment) => only === null || environment === only)
    .map((environment) => ({
      label: ENVIRONMENTS[environment].label,
      members: profiles.filter(
        (profile) => profile.environment === environment && profile.name.toLowerCase().includes(words),
      ),
    }))
    .filter(({ members }) => members.length > 0)
}
