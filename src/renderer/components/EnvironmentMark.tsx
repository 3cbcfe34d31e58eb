import { FlaskConical, Radio, ShieldAlert, Wrench } from 'lucide-react'
import type { ReactNode } from 'react'
import { ENVIRONMENTS, type EnvironmentId } from '../../shared/environments.js'

const ICONS = { demo: FlaskConical, production: ShieldAlert, simulator: Radio, custom: Wrench } as const

export function EnvironmentIcon({ environment, size = 14 }: { environment: EnvironmentId; size?: number }) {
  const Icon = ICONS[environment]
  return (
    <span className={`env-icon tone-${environment}`}>
      <Icon size={size} aria-hidden />
    </span>
  )
}

/** Icon, word and colour together, above everything that belongs to an environment: none of them alone would do. */
export function EnvironmentBand({ environment, children }: { environment: EnvironmentId; children?: ReactNode }) {
  const Icon = ICONS[environment]
  const { label, summary } = ENVIRONMENTS[environment]
  return (
    <div className={`band tone-${environment}`}>
      <p>
        <Icon size={16} aria-hidden />
        <strong>{label}</strong>
        <span>{summary}</span>
      </p>
      {children}
    </div>
  )
}
