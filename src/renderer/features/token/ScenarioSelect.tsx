import { useState } from 'react'
import { SCENARIOS, type Scenario, type SimulatorView } from '../../../shared/views.js'
import { call } from '../../api.js'
import { Field } from '../../components/Field.js'

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

/** Lets a developer see each failure before meeting it. */
export function ScenarioSelect({ simulator }: { simulator: SimulatorView }) {
  const [scenario, setScenario] = useState(simulator.scenario)
  const choose = (next: Scenario) => {
    call('simulator:setScenario', { scenario: next }).then(
      (view) => setScenario(view.scenario),
      () => {},
    )
  }
  return (
    <div className="scenario">
      <Field label="Scenario" hint="What the simulator does with the next request.">
        {(control) => (
          <select {...control} value={scenario} onChange={(event) => choose(event.target.value as Scenario)}>
            {SCENARIOS.map((name) => (
              <option key={name} value={name}>
                {LABELS[name]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  )
}
