import { Info } from 'lucide-react'
import type { ReactNode } from 'react'

/** Says before the request fails that it probably will. A hint: the user may try all the same. */
export function ConsentHint({ newScopes, children }: { newScopes: readonly string[]; children: ReactNode }) {
  return (
    <div className="consent-hint">
      <Info size={16} aria-hidden />
      <p>
        <strong>{newScopes.length === 1 ? 'New scope' : 'New scopes'}, consent again:</strong>{' '}
        <span className="mono">{newScopes.join(' ')}</span>
      </p>
      {children}
    </div>
  )
}
