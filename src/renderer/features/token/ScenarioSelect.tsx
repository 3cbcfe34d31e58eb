import { useId } from 'react'
import type { AppError } from '../../../shared/result.js'
import { SCENARIOS, type Scenario, type SimulatorView } from '../../../shared/views.js'
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
}

interface Props {
  readonly simulator: SimulatorView
  readonly onChange: (simulator: SimulatorView) => void
  readonly onError: (error: AppError) => void
}

/** Lets a developer see each failure before meeting it. */
export function ScenarioSelect({ simulator, onChange, onError }: Props) {
  const id = useId()
  const choose = (scenario: Scenario) => {
    // Shown at once; main's answer has the last word.
    onChange({ ...simulator, scenario })
    call('simulator:setScenario', { scenario }).then(onChange, (thrown) => {
      onChange(simulator)
      onError(appErrorOf(thrown))
    })
  }
  return (
    <div className="scenario">
      <label htmlFor={id}>Scenario</label>
      <select
        id={id}
        title="What the simulator does with the next request"
        value={simulator.scenario}
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
