import { Copy, FileDown } from 'lucide-react'
import { useState } from 'react'
import { COPY_FORMAT_IDS, COPY_FORMATS, type CopyFormat } from '../../../shared/copy-formats.js'

interface Props {
  /** As it was copied last. */
  readonly remembered: CopyFormat
  readonly onCopy: (format: CopyFormat) => void
  readonly onSavePostman: () => void
}

/** Copies as it was copied last; another format is two presses away, and says what it is before it is copied. */
export function CopyControl({ remembered, onCopy, onSavePostman }: Props) {
  const [chosen, setChosen] = useState<CopyFormat | null>(null)
  const format = chosen ?? remembered
  return (
    <>
      <span className="copy-control">
        <button type="button" className="button button-primary" onClick={() => onCopy(format)}>
          <Copy size={15} aria-hidden />
          {format === 'raw' ? 'Copy token' : `Copy as ${COPY_FORMATS[format]}`}
        </button>
        <select
          aria-label="Copy as"
          title="Copy as…"
          value={format}
          onChange={({ target }) => setChosen(target.value as CopyFormat)}
        >
          {COPY_FORMAT_IDS.map((id) => (
            <option key={id} value={id}>
              {COPY_FORMATS[id]}
            </option>
          ))}
        </select>
      </span>
      {format === 'postman' && (
        <button type="button" className="button" title="The file holds the token" onClick={onSavePostman}>
          <FileDown size={15} aria-hidden />
          Save file with the token
        </button>
      )}
    </>
  )
}
