import { ClipboardPaste, FileKey } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { StagedKey } from '../../../shared/views.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { Confirm } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'
import { PassphraseDialog } from './PassphraseDialog.js'
import { PasteKeyDialog } from './PasteKeyDialog.js'

type ReadyKey = Extract<StagedKey, { kind: 'ready' }>

interface Props {
  /** Whether a key is already saved, which the new one would take the place of. */
  readonly replaces: boolean
  readonly onStaged: (key: ReadyKey) => Promise<void>
}

/** The three ways a key comes in: a file, the clipboard, a file dropped on the window. */
export function KeyLoader({ replaces, onStaged }: Props) {
  const [pasting, setPasting] = useState(false)
  const [encrypted, setEncrypted] = useState<string | null>(null)
  const [replacement, setReplacement] = useState<ReadyKey | null>(null)
  const loading = useAction()
  const { run, fail } = loading

  const take = async (staged: StagedKey | null): Promise<void> => {
    if (!staged) return
    if (staged.kind === 'passphrase-needed') setEncrypted(staged.stagedKeyId)
    else if (replaces) setReplacement(staged)
    else await onStaged(staged)
  }
  const drop = (stagedKeyId: string) => void call('keys:discardStaged', { stagedKeyId }).catch(() => {})

  // biome-ignore lint/correctness/useExhaustiveDependencies: the handlers only pass things on
  useEffect(() => {
    const over = (event: globalThis.DragEvent) => event.preventDefault()
    const dropped = (event: globalThis.DragEvent) => {
      event.preventDefault()
      const file = event.dataTransfer?.files[0]
      if (!file) return
      if (file.size > MAX_FILE_BYTES) fail(FILE_TOO_LARGE)
      else void run(async () => take(await call('keys:stageText', { text: await file.text() })))
    }
    addEventListener('dragover', over)
    addEventListener('drop', dropped)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', dropped)
    }
  }, [replaces, run])

  return (
    <div className="key-loader">
      <div className="actions">
        <button
          type="button"
          className="button"
          aria-disabled={loading.busy}
          onClick={() => void run(async () => take(await call('keys:loadFile')))}
        >
          <FileKey size={16} aria-hidden />
          Load key file
        </button>
        <button type="button" className="button" onClick={() => setPasting(true)}>
          <ClipboardPaste size={16} aria-hidden />
          Paste key
        </button>
      </div>
      <Failure error={loading.error} />
      {pasting && (
        <PasteKeyDialog
          onClose={() => setPasting(false)}
          onStaged={async (staged) => {
            await take(staged)
            setPasting(false)
            loading.clear()
          }}
        />
      )}
      {encrypted !== null && (
        <PassphraseDialog
          stagedKeyId={encrypted}
          onClose={() => {
            drop(encrypted)
            setEncrypted(null)
          }}
          onUnlocked={async (staged) => {
            await take(staged)
            setEncrypted(null)
          }}
        />
      )}
      {replacement && (
        <Confirm
          title="Replace the key?"
          text="The profile’s present key is removed from this computer. Its tokens are forgotten."
          action="Replace key"
          onCancel={() => {
            drop(replacement.stagedKeyId)
            setReplacement(null)
          }}
          onConfirm={() => {
            setReplacement(null)
            void run(() => onStaged(replacement))
          }}
        />
      )}
    </div>
  )
}

const MAX_FILE_BYTES = 64 * 1024
const FILE_TOO_LARGE = {
  code: 'key_file_too_large',
  message: 'This file is too large to be a key.',
  hint: 'A private key is a few kilobytes of text.',
  retryable: false,
} as const
