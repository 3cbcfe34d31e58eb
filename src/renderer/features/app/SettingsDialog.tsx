import { useState } from 'react'
import type { Settings } from '../../../shared/settings.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { Field } from '../../components/Field.js'
import { Modal } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'

const CHOICES_S = [10, 30, 60, 120, 300, 600]
const ON_QUIT = 'quit'

const timeText = (seconds: number) => {
  if (seconds % 60 !== 0) return `${seconds} seconds`
  return seconds === 60 ? '1 minute' : `${seconds / 60} minutes`
}

/** Each choice is saved at once, and shown as it was again where saving fails. */
export function SettingsDialog({ settings, onClose }: { settings: Settings; onClose: () => void }) {
  const [wanted, setWanted] = useState<Settings | null>(null)
  const saving = useAction()
  const shown = wanted ?? settings
  const { clipboardClearAfterS, confirmEachProductionCopy } = shown
  const change = async (part: Partial<Settings>) => {
    const next = { ...shown, ...part }
    await saving.run(async () => {
      setWanted(next)
      // Kept once it is saved: main's own word on it comes later than this answer.
      await call('settings:save', next).catch((thrown) => {
        setWanted(wanted)
        throw thrown
      })
    })
  }
  // A time that only the file can have set is offered too, or the list would show another.
  const present = clipboardClearAfterS === null ? [] : [clipboardClearAfterS]
  const choices = [...new Set([...CHOICES_S, ...present])].sort((a, b) => a - b)
  return (
    <Modal title="Settings" onClose={onClose}>
      <div className="stack">
        <Field
          label="Clear clipboard after"
          hint="A copied token is taken off again, also on quit, unless something else was copied since."
        >
          {(control) => (
            <select
              {...control}
              value={clipboardClearAfterS ?? ON_QUIT}
              onChange={({ target: { value } }) =>
                void change({ clipboardClearAfterS: value === ON_QUIT ? null : Number(value) })
              }
            >
              {choices.map((seconds) => (
                <option key={seconds} value={seconds}>
                  {timeText(seconds)}
                </option>
              ))}
              <option value={ON_QUIT}>Never, only on quit</option>
            </select>
          )}
        </Field>
        <label className="switch">
          <input
            type="checkbox"
            checked={confirmEachProductionCopy}
            onChange={({ target }) => void change({ confirmEachProductionCopy: target.checked })}
          />
          Ask each time before copying a production token
        </label>
        <Failure error={saving.error} />
        <div className="actions actions-end">
          <button type="button" className="button" onClick={onClose}>
            Close
          </button>
        </div>
      </div>
    </Modal>
  )
}
