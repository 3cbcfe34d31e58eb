import { createHmac } from 'node:crypto'

/**
 * How the app and its command line show each other that they hold the secret of this run: by a code over what they say
 * (RFC 2104). The secret itself is never sent, since whoever sits at the address may be somebody else by now, and what
 * he would answer, such as a base path for the next call, is not believed.
 */
function code(secret: string, ...said: readonly (string | number)[]): string {
  return createHmac('sha256', secret).update(JSON.stringify(said)).digest('base64url')
}

/**
 * A call's `Authorization`.
 * @param nonce base64url, random, another one for each call
 */
export const callAuthorization = (secret: string, nonce: string, method: string, path: string): string =>
  `TokenDesk ${nonce}.${code(secret, 'call', nonce, method, path)}`

/** A call's nonce; empty where there is none. */
export const nonceOf = (authorization: string): string => /^TokenDesk ([\w-]{16,64})\./.exec(authorization)?.[1] ?? ''

/** @param nonce of the call: an old answer is none to this one */
export const answerProof = (secret: string, nonce: string, status: number, text: string): string =>
  code(secret, 'answer', nonce, status, text)

/** Bears the proof of an answer. In lower case, as Node has it. */
export const PROOF_HEADER = 'x-token-desk-proof'
