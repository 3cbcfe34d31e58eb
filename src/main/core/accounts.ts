import type { AccountField, AccountView, TokenTrial, UserInfoView } from '../../shared/account.js'
import { DeskError, deskError, toAppError } from './desk-error.js'
import type { ProfileChoices } from './profile-choices.js'
import type { ProfileTokens } from './profile-tokens.js'
import type { AskUserInfo } from './user-info.js'
import type { UserInfo } from './user-info-answer.js'

/** Accounts by profile: whom its token acts for, and in which account the user works. */
export interface Accounts {
  /**
   * As known, else asked with the present token; `refresh` asks in any case. A failure is told again, without a new
   * request, until there is another token or `refresh`.
   * @returns `null` where there is neither a token nor an answer
   * @throws DeskError `token_refused`, `user_info_unusable`, `rate_limited`, or how the network failed
   */
  get(profileId: string, options?: { refresh?: boolean }): Promise<UserInfoView | null>
  /** @throws DeskError `account_unknown`, `save_failed` */
  choose(profileId: string, accountId: string): UserInfoView
  /** @throws DeskError `account_unknown` where there is no such value */
  valueOf(profileId: string, field: AccountField): string
  /** Sends the present token to user info. @throws DeskError `token_missing`, or how the network failed */
  try(profileId: string): Promise<TokenTrial>
  /** After any change to a profile, also its removal: forgets what no profile's token depends on any more. */
  settle(profileIds: readonly string[]): void
  /** The account that the user works in, for what is copied; `null` until user info has answered. */
  accountOf(profileId: string): ChosenAccount | null
}

export interface ChosenAccount {
  readonly accountId: string
  readonly restBasePath: string
}

interface Parts {
  readonly tokens: Pick<ProfileTokens, 'present' | 'cacheKey'>
  /** One request for user info, on a profile's behalf. */
  readonly ask: (profileId: string, ...request: Parameters<AskUserInfo>) => ReturnType<AskUserInfo>
  readonly choices: ProfileChoices
}

/** Of one token cache key: a profile that changes gets another key, and so never sees the former user's accounts. */
interface Known {
  info: UserInfo | null
  failure: { readonly error: DeskError; readonly tokenIssuedAtMs: number } | null
  flight: Promise<UserInfo> | null
}

export function createAccounts({ tokens, ask, choices }: Parts): Accounts {
  const known = new Map<string, Known>()

  function knownOf(cacheKey: string): Known {
    const present = known.get(cacheKey) ?? { info: null, failure: null, flight: null }
    known.set(cacheKey, present)
    return present
  }

  function infoOf(profileId: string): UserInfo | null {
    const cacheKey = tokens.cacheKey(profileId)
    return cacheKey === null ? null : (known.get(cacheKey)?.info ?? null)
  }

  function chosenOf(profileId: string, { accounts }: UserInfo): AccountView | null {
    const choice = choices.of(profileId)
    return (
      accounts.find(({ id }) => id === choice) ?? accounts.find(({ isDefault }) => isDefault) ?? accounts[0] ?? null
    )
  }

  function view(profileId: string): UserInfoView | null {
    const info = infoOf(profileId)
    return info && { ...info, chosenId: chosenOf(profileId, info)?.id ?? null }
  }

  async function load(profileId: string, oauthHost: string, accessToken: string): Promise<UserInfo> {
    const { outcome } = await ask(profileId, oauthHost, accessToken)
    if (outcome instanceof DeskError) throw outcome
    return outcome
  }

  return {
    async get(profileId, { refresh = false } = {}) {
      const token = tokens.present(profileId)
      if (!token) return view(profileId)
      const entry = knownOf(token.cacheKey)
      if (!refresh) {
        if (entry.info) return view(profileId)
        if (entry.failure?.tokenIssuedAtMs === token.issuedAtMs) throw entry.failure.error
      }
      entry.flight ??= load(profileId, token.oauthHost, token.accessToken).finally(() => {
        entry.flight = null
      })
      try {
        entry.info = await entry.flight
        entry.failure = null
      } catch (thrown) {
        const error = thrown instanceof DeskError ? thrown : deskError('internal')
        entry.failure = { error, tokenIssuedAtMs: token.issuedAtMs }
        throw error
      }
      return view(profileId)
    },
    choose(profileId, accountId) {
      const info = infoOf(profileId)
      if (!info?.accounts.some(({ id }) => id === accountId)) throw deskError('account_unknown')
      choices.choose(profileId, accountId)
      return { ...info, chosenId: accountId }
    },
    valueOf(profileId, field) {
      const info = infoOf(profileId)
      const account = info && chosenOf(profileId, info)
      const values: Record<AccountField, string | undefined> = {
        name: info?.name,
        email: info?.email,
        accountName: account?.name,
        accountId: account?.id,
        baseUri: account?.baseUri,
        restBasePath: account?.restBasePath,
      }
      const value = values[field]
      if (!value) throw deskError('account_unknown')
      return value
    },
    async try(profileId) {
      const token = tokens.present(profileId)
      if (!token) throw deskError('token_missing')
      const { status, latencyMs, traceToken, outcome } = await ask(profileId, token.oauthHost, token.accessToken)
      return { status, latencyMs, traceToken, error: outcome instanceof DeskError ? toAppError(outcome) : null }
    },
    settle(profileIds) {
      const inUse = new Set(profileIds.map(tokens.cacheKey))
      for (const cacheKey of known.keys()) if (!inUse.has(cacheKey)) known.delete(cacheKey)
    },
    accountOf(profileId) {
      const info = infoOf(profileId)
      const account = info && chosenOf(profileId, info)
      return account && { accountId: account.id, restBasePath: account.restBasePath }
    },
  }
}
