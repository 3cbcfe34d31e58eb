import { type RefObject, useEffect, useRef, useState } from 'react'
import { defaultScopes } from '../../../shared/profile-rules.js'
import type { GrantKind, ProfileView } from '../../../shared/views.js'
import { type FormValues, initialValues, problemsShown } from './form-state.js'

const GUID_FIELDS = { integrationKey: true, userId: true }
const GUID_LENGTH = 36

export type TextField =
  | 'name'
  | 'integrationKey'
  | 'userId'
  | 'redirectUri'
  | 'oauthHost'
  | 'restBasePath'
  | 'assertionLifetimeS'

export interface ProfileFormState {
  readonly form: RefObject<HTMLFormElement | null>
  readonly values: FormValues
  readonly problems: Readonly<Record<string, string>>
  set(change: Partial<FormValues>): void
  touch(field: string): void
  chooseGrant(grant: GrantKind): void
  /** Marks what main refused and gives the first such field the focus. */
  refuse(fields: Readonly<Record<string, string>>): void
  /** What ties a text input to its field. */
  text(field: TextField): {
    value: string
    onChange: (event: { target: { value: string } }) => void
    onBlur: () => void
    spellCheck: false
    autoComplete: 'off'
  }
}

/** What was typed, and what is wrong with the fields that were touched. */
export function useProfileForm(profile: ProfileView | null): ProfileFormState {
  const [values, setValues] = useState<FormValues>(() => initialValues(profile))
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  // What main refused stays marked until its field changes.
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({})
  const [refusals, setRefusals] = useState(0)
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('input')?.focus()
  }, [])
  // Once per refusal, never while typing: the focus may not jump from one field into another.
  useEffect(() => {
    if (refusals > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusals])

  const touch = (field: string) => setTouched((fields) => new Set(fields).add(field))
  const set = (change: Partial<FormValues>) => {
    setValues((present) => ({ ...present, ...change }))
    setRefused((present) => Object.fromEntries(Object.entries(present).filter(([field]) => !(field in change))))
  }
  return {
    form,
    values,
    problems: { ...refused, ...problemsShown(values, touched) },
    set,
    touch,
    chooseGrant(grant) {
      const untouched = values.scopes === defaultScopes(values.grant).join(' ')
      set({ grant, ...(untouched ? { scopes: defaultScopes(grant).join(' ') } : {}) })
    },
    refuse(fields) {
      setRefused(fields)
      setTouched((present) => new Set([...present, ...Object.keys(fields)]))
      setRefusals((count) => count + 1)
    },
    text: (field) => ({
      value: values[field],
      onChange: ({ target: { value } }) => {
        set({ [field]: value })
        // An email is recognized while it is typed; a GUID is left in peace until it is long enough.
        if (field in GUID_FIELDS && (value.length >= GUID_LENGTH || value.includes('@'))) touch(field)
      },
      onBlur: () => values[field] !== '' && touch(field),
      spellCheck: false,
      autoComplete: 'off',
    }),
  }
}
