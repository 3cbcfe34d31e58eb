import { FlaskConical, Radio, ShieldAlert, Wrench } from 'lucide-react'
import { ENVIRONMENTS, type EnvironmentId } from '../../shared/environments.js'

const ICONS = { demo: FlaskConical, production: ShieldAlert, simulator: Radio, custom: Wrench } as const

/** Icon, word and colour together: none of them alone tells production from demo. */
export function EnvironmentMark({ environment }: { environment: EnvironmentId }) {
  const Icon = ICONS[environment]
  return (
    <span className={`mark mark-${environment}`}>
      <Icon size={13} aria-hidden />
      {ENVIRONMENTS[environment].label}
    </span>
  )
}

/** The band above everything that belongs to an environment. */
export function EnvironmentBand({ environment }: { environment: EnvironmentId }) {
  const Icon = ICONS[environment]
  const { label, summary } = ENVIRONMENTS[environment]
  return (
    <p className={`band band-${environment}`}>
      <Icon size={16} aria-hidden />
      <strong>{label}</strong>
      <span>{summary}</span>
    </p>
  )
}
