import { ClipboardPaste, FileKey, FileKey2 } from 'lucide-react'
import { useRef, useState } from 'react'
import type { AppError } from '../../../shared/result.js'
import type { StagedKey } from '../../../shared/views.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { useAction } from '../../use-action.js'
import { useAlive } from '../../use-alive.js'
import { PassphraseDialog } from './PassphraseDialog.js'
import { PasteKeyDialog } from './PasteKeyDialog.js'
import { useDroppedFile } from './use-dropped-file.js'
import { useFocusKept } from './use-focus-kept.js'

export type ReadyKey = Extract<StagedKey, { kind: 'ready' }>

interface Props {
  /** Whose key it becomes: shown while a file hovers over the window. */
  readonly owner: string
  readonly primary?: boolean
  /** Without its buttons it still takes a file that is dropped. */
  readonly shown?: boolean
  readonly onStaged: (key: ReadyKey) => Promise<void>
}

export function discardStaged(stagedKeyId: string): void {
  call('keys:discardStaged', { stagedKeyId }).catch(() => {})
}

/** The three ways a key comes in: a file, the clipboard, a file dropped on the window. */
export function KeyLoader({ owner, primary = false, shown = true, onStaged }: Props) {
  const [pasting, setPasting] = useState(false)
  const [encryptedId, setEncryptedId] = useState<string | null>(null)
  const loading = useAction()
  const alive = useAlive()
  const root = useRef<HTMLDivElement>(null)
  useFocusKept(root, pasting || encryptedId !== null)

  const take = async (staged: StagedKey | null): Promise<void> => {
    if (!staged) return
    // Whoever asked for it has left: it is not put on what stands here now.
    if (!alive.current) discardStaged(staged.stagedKeyId)
    else if (staged.kind === 'passphrase-needed') setEncryptedId(staged.stagedKeyId)
    else await onStaged(staged)
  }
  const hovering = useDroppedFile((file) => {
    if (file.size > MAX_FILE_BYTES) loading.fail(FILE_TOO_LARGE)
    else
      void loading.run(async () => {
        const source = new Uint8Array(await file.arrayBuffer())
        try {
          await take(await call('keys:stage', { source }))
        } finally {
          source.fill(0)
        }
      })
  })

  return (
    <div ref={root} className="key-loader">
      {shown && (
        <div className="actions">
          <button
            type="button"
            className={primary ? 'button button-primary' : 'button'}
            aria-disabled={loading.busy}
            onClick={() => void loading.run(async () => take(await call('keys:loadFile')))}
          >
            <FileKey size={15} aria-hidden />
            Load key file
          </button>
          <button type="button" className="button" onClick={() => setPasting(true)}>
            <ClipboardPaste size={15} aria-hidden />
            Paste key
          </button>
        </div>
      )}
      <Failure error={loading.error} />
      {hovering && (
        <div className="drop-veil">
          <p>
            <FileKey2 size={20} aria-hidden />
            Drop the private key of {owner}, or a configuration to import
          </p>
        </div>
      )}
      {pasting && (
        <PasteKeyDialog
          onClose={() => setPasting(false)}
          onStaged={(staged) => {
            setPasting(false)
            void loading.run(() => take(staged))
          }}
        />
      )}
      {encryptedId !== null && (
        <PassphraseDialog
          stagedKeyId={encryptedId}
          onClose={() => {
            discardStaged(encryptedId)
            setEncryptedId(null)
          }}
          onUnlocked={(staged) => {
            setEncryptedId(null)
            void loading.run(() => take(staged))
          }}
        />
      )}
    </div>
  )
}

const MAX_FILE_BYTES = 64 * 1024
const FILE_TOO_LARGE: AppError = {
  code: 'key_file_too_large',
  message: 'This file is too large to be a key.',
  hint: 'A private key is a few kilobytes of text.',
  retryable: false,
}
