import { type ReactNode, useState } from 'react'
import { appErrorOf } from '../../api.js'
import { Confirm } from '../../components/Modal.js'

const WORDS = { copy: 'Copy', reveal: 'Reveal', save: 'Save' } as const
type Deed = keyof typeof WORDS

interface Question {
  readonly deed: Deed
  readonly answer: (agreed: boolean) => void
}

export interface ProductionConfirm {
  /**
   * Tries without asking, asks where main demands it, and tries again. `undefined` when the user says no.
   * @throws CallFailed
   */
  readonly ask: <T>(deed: Deed, attempt: (confirmed: boolean) => Promise<T>) => Promise<T | undefined>
  readonly dialog: ReactNode
}

/** When to ask is for main alone to say. */
export function useProductionConfirm(profileName: string): ProductionConfirm {
  const [question, setQuestion] = useState<Question | null>(null)
  const answer = (agreed: boolean) => {
    setQuestion(null)
    question?.answer(agreed)
  }
  return {
    async ask(deed, attempt) {
      try {
        return await attempt(false)
      } catch (thrown) {
        if (appErrorOf(thrown).code !== 'confirmation_needed') throw thrown
      }
      const agreed = await new Promise<boolean>((resolve) => setQuestion({ deed, answer: resolve }))
      return agreed ? attempt(true) : undefined
    },
    dialog: question && (
      <Confirm
        title={`${WORDS[question.deed]} a production token?`}
        text={`“${profileName}” acts on real accounts: whoever has its token can send real envelopes to real recipients until it expires.`}
        action={`${WORDS[question.deed]} production token`}
        onCancel={() => answer(false)}
        onConfirm={() => answer(true)}
      />
    ),
  }
}
