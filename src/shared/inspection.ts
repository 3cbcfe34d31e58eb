/** What a token says of itself, as far as it can be read. A token is opaque to its bearer: none of it is promised. */
export interface TokenInspection {
  readonly sizeBytes: number
  /** Name and value, in the token's order. Empty where nothing can be read. */
  readonly header: readonly InspectedRow[]
  readonly claims: readonly InspectedRow[]
  /** From the claims where they name any. */
  readonly scopes: readonly string[]
  /** Sentences on what cannot be read, and why. */
  readonly opaque: readonly string[]
}

export interface InspectedRow {
  readonly name: string
  readonly value: string
  /** For a point in time, seconds since the epoch in the token: milliseconds since the epoch. */
  readonly atMs?: number
}
