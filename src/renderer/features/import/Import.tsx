import { type Ref, useImperativeHandle, useState } from 'react'
import { IMPORT_LIMITS, type ImportPreview, type ImportReport } from '../../../shared/import-views.js'
import type { AppError } from '../../../shared/result.js'
import type { ProfileView } from '../../../shared/views.js'
import { call } from '../../api.js'
import { Failure } from '../../components/Failure.js'
import { Modal } from '../../components/Modal.js'
import { useAction } from '../../use-action.js'
import { ImportDialog } from './ImportDialog.js'
import { useDroppedConfiguration } from './use-dropped-configuration.js'

export interface ImportOpener {
  /** Brings up the system's file dialog. */
  choose(): void
}

interface Props {
  readonly ref: Ref<ImportOpener>
  readonly profiles: readonly ProfileView[]
  readonly onImported: (report: ImportReport) => Promise<void>
}

/** The two ways a configuration comes in, and its preview. */
export function Import({ ref, profiles, onImported }: Props) {
  const [preview, setPreview] = useState<ImportPreview | null>(null)
  const reading = useAction()
  useImperativeHandle(ref, () => ({
    choose: () => void reading.run(async () => setPreview(await call('import:chooseFiles'))),
  }))
  useDroppedConfiguration((files) => {
    if (files.length > IMPORT_LIMITS.files || files.some(({ size }) => size > IMPORT_LIMITS.fileBytes)) {
      reading.fail(TOO_LARGE)
      return
    }
    void reading.run(async () => {
      const read = await Promise.all(
        files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
      )
      setPreview(await call('import:stage', { files: read }))
    })
  })
  const close = () => {
    if (preview) call('import:discard', { stagedImportId: preview.stagedImportId }).catch(() => {})
    setPreview(null)
  }
  if (preview) {
    return (
      <ImportDialog
        key={preview.stagedImportId}
        staged={preview}
        profiles={profiles}
        onClose={close}
        onImported={async (report) => {
          setPreview(null)
          await onImported(report)
        }}
      />
    )
  }
  if (!reading.error) return null
  return (
    <Modal title="Nothing imported" onClose={reading.clear}>
      <Failure error={reading.error} />
      <div className="actions actions-end">
        <button type="button" className="button" onClick={reading.clear}>
          Close
        </button>
      </div>
    </Modal>
  )
}

const TOO_LARGE: AppError = {
  code: 'import_too_large',
  message: 'This is too much to be a configuration.',
  hint: 'Nothing was changed. A file may have 1 MB and 1,000 profiles; 20 files go at once.',
  retryable: false,
}
