import { useState } from 'react'
import { COPY_SHORTCUTS, type CopyShortcut, type Settings } from '../../../shared/settings.js'
import type { AppInfo } from '../../../shared/views.js'
import { call } from '../../api.js'
import { MAC } from '../../commands.js'
import { Failure } from '../../components/Failure.js'
import { Field } from '../../components/Field.js'
import { Modal } from '../../components/Modal.js'
import { Switch } from '../../components/Switch.js'
import { useAction } from '../../use-action.js'
import { ServingSettings } from '../server/ServingSettings.js'

const CHOICES_S = [10, 30, 60, 120, 300, 600]
const ON_QUIT = 'quit'
const NONE = 'none'

const timeText = (seconds: number) => {
  if (seconds % 60 !== 0) return `${seconds} seconds`
  return seconds === 60 ? '1 minute' : `${seconds / 60} minutes`
}

function shortcutHint(refused: boolean, host: AppInfo['host']): string {
  if (!refused) return 'Works while another program has the focus.'
  return host === 'browser'
    ? 'The browser host cannot do it; Electron can.'
    : 'Another program holds it: choose another.'
}

/** Each choice is saved at once, and shown as it was again where saving fails. */
export function SettingsDialog({ info, onClose }: { info: AppInfo; onClose: () => void }) {
  const { settings, abilities, shortcutWorks, host } = info
  const [wanted, setWanted] = useState<Settings | null>(null)
  const saving = useAction()
  const shown = wanted ?? settings
  const { clipboardClearAfterS, confirmEachProductionCopy, copyShortcut, keepInTray, startAtLogin } = shown
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
        <Switch checked={confirmEachProductionCopy} onChange={(on) => void change({ confirmEachProductionCopy: on })}>
          Ask each time before a production token is copied or revealed
        </Switch>
        <Field
          label="Copy the chosen profile’s token from anywhere"
          hint={shortcutHint(copyShortcut !== null && !shortcutWorks, host)}
        >
          {(control) => (
            <select
              {...control}
              value={copyShortcut ?? NONE}
              onChange={({ target: { value } }) =>
                void change({ copyShortcut: value === NONE ? null : (value as CopyShortcut) })
              }
            >
              <option value={NONE}>No shortcut</option>
              {COPY_SHORTCUTS.map((shortcut) => (
                <option key={shortcut} value={shortcut}>
                  {shortcut.replace('CommandOrControl', MAC ? 'Cmd' : 'Ctrl')}
                </option>
              ))}
            </select>
          )}
        </Field>
        {abilities.tray && (
          <Switch checked={keepInTray} onChange={(on) => void change({ keepInTray: on })}>
            Stay in the tray when the window is closed
          </Switch>
        )}
        {abilities.startAtLogin && (
          <Switch checked={startAtLogin} onChange={(on) => void change({ startAtLogin: on })}>
            Start at login
          </Switch>
        )}
        <ServingSettings settings={shown} onChange={(part) => void change(part)} />
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
