import { useEffect, useRef, useState } from 'react'
import { discardStaged, KeyLoader, type ReadyKey } from './KeyLoader.js'
import { StagedKeySummary } from './KeySummary.js'

export interface HeldKey {
  readonly staged: ReadyKey | null
  hold(key: ReadyKey | null): void
}

/** A key read for a form that is not saved yet. It is given up when another takes its place or the form goes away. */
export function useHeldKey(): HeldKey {
  const [staged, setStaged] = useState<ReadyKey | null>(null)
  const held = useRef<string | null>(null)
  const letGo = () => {
    // After a save main no longer holds it, and discarding it does nothing.
    if (held.current !== null) discardStaged(held.current)
    held.current = null
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only on the way out
  useEffect(() => letGo, [])
  return {
    staged,
    hold(key) {
      letGo()
      held.current = key?.stagedKeyId ?? null
      setStaged(key)
    },
  }
}

interface Props {
  readonly owner: string
  readonly held: HeldKey
  readonly hint?: string
}

export function FormKey({ owner, held: { staged, hold }, hint = 'You can also load it later.' }: Props) {
  return (
    <section className="card" aria-labelledby="form-key-title">
      <header className="card-header">
        <h2 id="form-key-title">RSA private key</h2>
        {staged && (
          <button type="button" className="button button-quiet" onClick={() => hold(null)}>
            Do not use it
          </button>
        )}
      </header>
      {staged ? (
        <StagedKeySummary staged={staged} />
      ) : (
        <p className="muted">{hint} Drop the key file anywhere here, load it, or paste it.</p>
      )}
      <KeyLoader owner={owner} onStaged={async (key) => hold(key)} />
    </section>
  )
}
