import type { AppError } from './result.js'

/** One of the accounts that a token can work in. */
export interface AccountView {
  readonly id: string
  readonly name: string
  readonly isDefault: boolean
  /** Origin alone, such as `https://demo.docusign.net`. */
  readonly baseUri: string
  /** Where REST calls of this account go: `baseUri` and `/restapi`. */
  readonly restBasePath: string
}

/** Whom a profile's token acts for, as the authorization server says. */
export interface UserInfoView {
  readonly name: string
  readonly email: string
  readonly accounts: readonly AccountView[]
  /** The user's choice where it is still among the accounts, else the default one; `null` where there is none. */
  readonly chosenId: string | null
  /** Accounts in the answer that cannot be used, for want of a sound id or base URI, or for being too many. */
  readonly leftOut: number
}

/** What can be copied of it. */
export const ACCOUNT_FIELDS = ['name', 'email', 'accountName', 'accountId', 'baseUri', 'restBasePath'] as const
export type AccountField = (typeof ACCOUNT_FIELDS)[number]

/** How the authorization server took the token just now. */
export interface TokenTrial {
  readonly status: number
  readonly latencyMs: number
  /** `X-DocuSign-TraceToken`: what Docusign's support asks for. */
  readonly traceToken: string | null
  /** `null`: the token is accepted. */
  readonly error: AppError | null
}

export interface ConsentStatus {
  readonly profileId: string
  /** Whether an opened consent page is awaited: its answer comes back by itself. */
  readonly waiting: boolean
  /** Scopes that go beyond what is known to be consented to. Empty where nothing is known. */
  readonly newScopes: readonly string[]
}

/** `return`: the browser's return is caught. `word`: the user has to say when they are back. */
export type ConsentPageOpened = 'return' | 'word'
