/**
 * Every outcome that crosses the bridge is data. `ipcRenderer.invoke` forwards only an Error's message, so an Error
 * would lose its code on the way.
 */
export type ErrorCode =
  // Docusign's answers to a token request
  | 'consent_required'
  | 'issuer_not_found'
  | 'user_not_found'
  | 'signature_rejected'
  | 'assertion_expired'
  | 'clock_skewed'
  | 'scope_rejected'
  | 'client_rejected'
  | 'grant_rejected'
  | 'request_malformed'
  | 'rate_limited'
  | 'provider_unavailable'
  | 'not_docusign'
  | 'token_unusable'
  | 'consent_denied'
  | 'consent_failed'
  // user info
  | 'token_missing'
  | 'token_refused'
  | 'user_info_unusable'
  | 'account_unknown'
  // the way to Docusign
  | 'offline'
  | 'dns_failed'
  | 'tls_failed'
  | 'connection_refused'
  | 'connection_lost'
  | 'timeout'
  | 'superseded'
  // keys
  | 'key_missing'
  | 'key_locked'
  | 'key_present'
  | 'key_active'
  | 'key_limit'
  | 'key_other_environment'
  | 'key_empty'
  | 'key_is_public'
  | 'key_is_certificate'
  | 'key_is_openssh'
  | 'key_is_path'
  | 'key_not_rsa'
  | 'key_too_small'
  | 'key_truncated'
  | 'key_unreadable'
  | 'key_passphrase_wrong'
  | 'key_file_unreadable'
  | 'key_file_too_large'
  | 'key_not_staged'
  | 'passphrase_invalid'
  | 'passphrase_wrong'
  // profiles and storage
  | 'profile_invalid'
  | 'profile_not_found'
  | 'save_failed'
  | 'load_failed'
  // import and export
  | 'import_unreadable'
  | 'import_too_large'
  | 'import_unknown'
  | 'import_not_staged'
  | 'export_failed'
  // the token server and the command line
  | 'secret_wrong'
  | 'secret_gone'
  | 'host_refused'
  | 'origin_refused'
  | 'too_many_calls'
  | 'request_too_large'
  | 'request_unreadable'
  | 'route_unknown'
  | 'method_refused'
  | 'profile_not_served'
  | 'production_not_served'
  | 'port_taken'
  | 'port_refused'
  // the desk itself
  | 'clipboard_failed'
  | 'format_unsuitable'
  | 'confirmation_needed'
  | 'browser_failed'
  | 'simulator_failed'
  | 'bad_request'
  | 'forbidden'
  | 'internal'

/** What one press can do about a failure. The window shows it as the failure's only button. */
export type Remedy = 'grant-consent' | 'retry' | 'edit-profile' | 'load-key'

export interface AppError {
  readonly code: ErrorCode
  /** What happened, in one plain sentence. Never a provider body, key, assertion or token. */
  readonly message: string
  /** What to do about it. */
  readonly hint?: string
  /** Whether the same request may succeed later without anything being changed. */
  readonly retryable: boolean
  readonly remedy?: Remedy
  /** Docusign's `X-DocuSign-TraceToken` of the answer: its support asks for it. */
  readonly traceToken?: string
  /** For `rate_limited` and `too_many_calls`: how long to wait, in milliseconds. */
  readonly retryAfterMs?: number
  /** For `profile_invalid`: field name → what is wrong with it; in an import `<index>.<field name>`. */
  readonly fields?: Readonly<Record<string, string>>
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const fail = (error: AppError): Result<never> => ({ ok: false, error })
