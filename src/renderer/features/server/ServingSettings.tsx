import { useState } from 'react'
import { SERVER_PORT, type Settings } from '../../../shared/settings.js'
import { Field } from '../../components/Field.js'
import { Switch } from '../../components/Switch.js'

const CHOICES_MIN = [15, 30, 60, 240, 480, 1440]
const timeText = (minutes: number) => {
  if (minutes % 60 !== 0) return `${minutes} minutes`
  return minutes === 60 ? '1 hour' : `${minutes / 60} hours`
}

interface Props {
  readonly settings: Settings
  readonly onChange: (part: Partial<Settings>) => void
}

/** What other programs on this computer are handed: by the token server and the command line. */
export function ServingSettings({ settings, onChange }: Props) {
  const { serveProduction, serverPort, serverIdleStopMin } = settings
  const [typed, setTyped] = useState<string | null>(null)
  const port = Number(typed)
  const wrong = typed !== null && !(Number.isInteger(port) && port >= SERVER_PORT.least && port <= SERVER_PORT.most)
  const savePort = () => {
    if (typed === null || wrong) return
    setTyped(null)
    if (port !== serverPort) onChange({ serverPort: port })
  }
  const choices = [...new Set([...CHOICES_MIN, serverIdleStopMin])].sort((a, b) => a - b)
  return (
    <fieldset className="settings-group">
      <legend>Other programs on this computer</legend>
      <Switch checked={serveProduction} onChange={(on) => onChange({ serveProduction: on })}>
        Hand production tokens to other programs
      </Switch>
      <div className="settings-pair">
        <Field
          label="Port of the token server"
          hint="Clients have to be told of a new one."
          error={wrong ? `A whole number from ${SERVER_PORT.least} to ${SERVER_PORT.most}.` : undefined}
        >
          {(control) => (
            <input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              value={typed ?? String(serverPort)}
              onChange={({ target }) => setTyped(target.value)}
              onBlur={savePort}
              onKeyDown={({ key }) => key === 'Enter' && savePort()}
            />
          )}
        </Field>
        <Field label="Stop the token server after" hint="Without a call that was answered.">
          {(control) => (
            <select
              {...control}
              value={serverIdleStopMin}
              onChange={({ target }) => onChange({ serverIdleStopMin: Number(target.value) })}
            >
              {choices.map((minutes) => (
                <option key={minutes} value={minutes}>
                  {timeText(minutes)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
    </fieldset>
  )
}
