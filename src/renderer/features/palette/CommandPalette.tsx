import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Command } from '../../commands.js'
import { Modal } from '../../components/Modal.js'

/** More would have to be scrolled through: another letter finds it faster. */
const MAX_SHOWN = 12

interface Props {
  readonly commands: readonly Command[]
  readonly onClose: () => void
}

/** Everything that can be done now, by a few letters of its name. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function CommandPalette({ commands, onClose }: Props) {
  const [words, setWords] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const listId = useId()
  const found = commands.filter((command) => matches(command, words)).slice(0, MAX_SHOWN)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the marked one is brought into view when it changes
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const run = (command: Command | undefined) => {
    if (!command) return
    onClose()
    // Once the dialog has given the focus back: what the command opens may take it then.
    setTimeout(command.run)
  }
  const pressed = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (event.key === 'Enter') run(found[at])
    else if (step !== undefined && found.length > 0) setAt((at + step + found.length) % found.length)
    else return
    event.preventDefault()
  }
  return (
    <Modal title="Commands" onClose={onClose}>
      <input
        role="combobox"
        className="palette-input"
        aria-label="Find a command or a profile"
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={found[at] && `${listId}-${at}`}
        placeholder="Find a command or a profile"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: a dialog must take focus, and this is where one types
        autoFocus
        value={words}
        onChange={(event) => {
          setWords(event.target.value)
          setAt(0)
        }}
        onKeyDown={pressed}
      />
      <div ref={list} id={listId} role="listbox" aria-label="Commands" className="palette-list">
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which keeps the focus
          <div
            key={command.id}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="palette-item"
            onClick={() => run(command)}
          >
            <span>{command.label}</span>
            {command.keys !== undefined && <kbd>{command.keys}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="nothing-found">Nothing matches.</p>}
    </Modal>
  )
}

function matches({ label, words = '' }: Command, typed: string): boolean {
  const text = `${label} ${words}`.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
