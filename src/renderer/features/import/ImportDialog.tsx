import { type FormEvent, useMemo, useRef, useState } from 'react'
import type { ImportPreview, ImportReport } from '../../../shared/import-views.js'
import type { ProfileView } from '../../../shared/views.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { Modal } from '../../components/Modal.js'
import { PassphraseModal } from '../../components/PassphraseModal.js'
import { useAction } from '../../use-action.js'
import { CandidateCard } from './CandidateCard.js'
import { choicesOf, type Draft, draftOf, draftProblems } from './choices.js'

interface Props {
  readonly staged: ImportPreview
  readonly profiles: readonly ProfileView[]
  readonly onImported: (report: ImportReport) => Promise<void>
  readonly onClose: () => void
}

const countText = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`

/** What is in the files, before anything of it is saved. */
export function ImportDialog({ staged, profiles, onImported, onClose }: Props) {
  const [preview, setPreview] = useState(staged)
  const { candidates, refused, stagedImportId } = preview
  const taken = useMemo(() => new Set(profiles.map(({ name }) => name.toLowerCase())), [profiles])
  const [drafts, setDrafts] = useState<readonly Draft[]>(() => candidates.map((candidate) => draftOf(candidate, taken)))
  // Until the first try only names are complained of: the rest stands as a hint beside its field.
  const [tried, setTried] = useState(false)
  const [unlocking, setUnlocking] = useState(false)
  const applying = useAction()
  const form = useRef<HTMLFormElement>(null)
  const problems = draftProblems(drafts, candidates, taken)
  const wanted = drafts.filter((draft) => draft.wanted).length
  const sealed = candidates.filter(({ keySealed }) => keySealed).length

  const change = (at: number, part: Partial<Draft>) =>
    setDrafts((all) => all.map((draft, index) => (index === at ? { ...draft, ...part } : draft)))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wanted === 0) return
    if (problems.some((found) => Object.keys(found).length > 0)) {
      // The marks of this try are on the page only after it is drawn anew.
      setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
      return
    }
    void applying.run(async () =>
      onImported(await call('import:apply', { stagedImportId, choices: choicesOf(drafts) })),
    )
  }
  return (
    <Modal title={`Import ${countText(candidates.length, 'profile')}`} onClose={onClose}>
      <form ref={form} className="stack" noValidate onSubmit={submit}>
        <p className="muted">Nothing is saved yet. Present profiles stay as they are.</p>
        {refused.map(({ fileName, message }) => (
          <p key={fileName} className="candidate-note">
            {fileName}: {message}
          </p>
        ))}
        {sealed > 0 && (
          <div className="sealed-keys">
            <p>
              {countText(sealed, 'key')} {sealed === 1 ? 'is' : 'are'} sealed with a passphrase. Without it the profiles
              come without keys.
            </p>
            <button type="button" className="button" onClick={() => setUnlocking(true)}>
              Unlock keys
            </button>
          </div>
        )}
        <ul className="candidates" aria-label="Profiles to import">
          {candidates.map((candidate, index) => {
            const draft = drafts[index]
            const found = problems[index] ?? {}
            return (
              draft && (
                <CandidateCard
                  // biome-ignore lint/suspicious/noArrayIndexKey: main names a candidate by its place, which never changes
                  key={index}
                  candidate={candidate}
                  draft={draft}
                  problems={tried ? found : found.name === undefined ? {} : { name: found.name }}
                  onChange={(part) => change(index, part)}
                />
              )
            )
          })}
        </ul>
        <Failure error={applying.error} />
        <div className="actions actions-end">
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" className="button button-primary" aria-disabled={applying.busy || wanted === 0}>
            {`Import ${countText(wanted, 'profile')}`}
          </button>
        </div>
      </form>
      {unlocking && (
        <PassphraseModal
          title="Unlock the keys"
          hint="The one that they were exported with. Token Desk does not keep it."
          action="Unlock keys"
          onClose={() => setUnlocking(false)}
          onSubmit={async (passphrase) => {
            setPreview(await call('import:unlock', { stagedImportId, passphrase }))
            setUnlocking(false)
          }}
        />
      )}
    </Modal>
  )
}
