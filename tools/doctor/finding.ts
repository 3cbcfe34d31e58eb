/** One thing that the doctor looked at. Its texts hold no secret: no key, no token, nothing read from a document. */
export interface Finding {
  readonly id: string
  /** `stop`: Token Desk cannot do its work so. `warn`: it can, with less. */
  readonly level: 'ok' | 'warn' | 'stop'
  readonly message: string
  /** What to do about it; with each problem. */
  readonly fix?: string
}
