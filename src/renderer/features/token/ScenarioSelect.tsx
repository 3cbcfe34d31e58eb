import { useId } from 'react'
import type { AppError } from '../../../shared/result.js'
import { SCENARIOS, type Scenario } from '../../../shared/views.js'
import { appErrorOf, call } from '../../api.js'

const LABELS: Readonly<Record<Scenario, string>> = {
  normal: 'Everything works',
  'consent-required': 'Consent is required',
  'unknown-user': 'The user is unknown',
  'wrong-key': 'The key does not match',
  slow: 'The answer takes too long',
  'server-error': 'The server fails (503)',
  'rate-limited': 'Too many requests (429)',
  html: 'A captive portal answers',
  'clock-skew': 'The clocks differ',
  'several-accounts': 'The user has several accounts',
  'token-refused': 'Tokens are not accepted',
}

interface Props {
  readonly scenario: Scenario
  readonly onChange: (scenario: Scenario) => void
  readonly onError: (error: AppError) => void
}

/** Lets a developer see each failure before meeting it. */
export function ScenarioSelect({ scenario, onChange, onError }: Props) {
  const id = useId()
  const choose = (next: Scenario) => {
    // Shown at once, and taken back where main refuses.
    onChange(next)
    call('simulator:setScenario', { scenario: next }).catch((thrown) => {
      onChange(scenario)
      onError(appErrorOf(thrown))
    })
  }
  return (
    <div className="scenario">
      <label htmlFor={id}>Scenario</label>
      <select
        id={id}
        title="What the simulator does with the next request"
        value={scenario}
        onChange={(event) => choose(event.target.value as Scenario)}
      >
        {SCENARIOS.map((name) => (
          <option key={name} value={name}>
            {LABELS[name]}
          </option>
        ))}
      </select>
    </div>
  )
}
