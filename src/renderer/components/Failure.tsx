import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AppError } from '../../shared/result.js'

/** What went wrong, what to do, and at most one button. The region stands in the page even while it is empty. */
export function Failure({ error, children }: { error: AppError | null; children?: ReactNode }) {
  return (
    <div role="alert" className="failure-region">
      {error && (
        <div className="failure">
          <CircleAlert size={18} aria-hidden />
          <div className="failure-text">
            <p className="failure-message">{error.message}</p>
            {error.hint !== undefined && <p>{error.hint}</p>}
            <code>
              {error.code}
              {error.traceToken !== undefined && ` · trace token ${error.traceToken}`}
            </code>
          </div>
          {children}
        </div>
      )}
    </div>
  )
}
