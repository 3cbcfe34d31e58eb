import { createServer, type IncomingMessage } from 'node:http'
import type { ErrorCode } from '../../shared/result.js'
import { answerProof, callProof, PROOF_HEADER, PROOF_SCHEME } from '../core/call-proof.js'
import { type DeskError, deskError } from '../core/desk-error.js'
import {
  announcesBody,
  isSameSecret,
  LOCAL_LIMITS,
  limitStrangers,
  refuseUnreadable,
  SILENT_MS,
  sendJson,
} from '../core/local-server.js'

export interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Why it must not be answered, whatever it asks for. */
  readonly refusal: DeskError | null
}

export interface Answer {
  readonly status: number
  readonly body: unknown
  /** Runs once the answer is out. */
  readonly afterwards?: () => void
}

export interface Listener {
  /** Frees the address at once. */
  close(): void
}

interface Parts {
  /** A Unix socket's path, or a named pipe's. */
  readonly address: string
  readonly secret: string
  /** Never throws. */
  readonly answer: (call: Call) => Promise<Answer>
  /** Told of what was no call at all. */
  readonly unreadable: (outcome: ErrorCode) => void
}

const MAX_STRANGERS = 32

/**
 * HTTP/1.1 on a socket or pipe.
 * @throws Error where the address cannot be had
 */
export async function listenAt({ address, secret, answer, unreadable }: Parts): Promise<Listener> {
  const server = createServer({ ...LOCAL_LIMITS, requireHostHeader: false }, (request, response) => {
    const { method = '', url = '' } = request
    const [path = '', ...query] = url.split('?')
    const { nonce, refusal } = judge(request, secret)
    if (!refusal) recognise(request.socket)
    const call: Call = { method, path, query: new URLSearchParams(query.join('?')), refusal }
    void answer(call).then(({ status, body, afterwards }) => {
      if (afterwards) response.once('close', afterwards)
      const proof = answerProof(secret, nonce, status, JSON.stringify(body))
      sendJson(response, status, body, { Connection: 'close', [PROOF_HEADER]: proof })
    })
  })
  server.timeout = SILENT_MS
  const recognise = limitStrangers(server, MAX_STRANGERS)
  refuseUnreadable(server, unreadable)
  await new Promise<void>((resolve, reject) => {
    // Stays: a later error, such as too many open files, must not end the app.
    server.on('error', reject)
    server.listen(address, resolve)
  })
  return {
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

const AUTHORIZATION = new RegExp(`^${PROOF_SCHEME} ([\\w-]{16,64})\\.([\\w-]{43})$`)

function judge(request: IncomingMessage, secret: string): { nonce: string; refusal: DeskError | null } {
  const { headers, method = '', url = '' } = request
  const [, nonce = '', proof = ''] = AUTHORIZATION.exec(headers.authorization ?? '') ?? []
  // No page can reach a socket; one that found a way would say where it comes from.
  if (headers.origin !== undefined) return { nonce, refusal: deskError('origin_refused') }
  if (!isSameSecret(proof, callProof(secret, nonce, method, url))) {
    const refusal = deskError('secret_wrong', {
      message: 'The caller does not hold the secret of this run of Token Desk.',
      hint: 'Use the tokendesk command: it reads the secret from the data folder.',
    })
    return { nonce, refusal }
  }
  return { nonce, refusal: announcesBody(headers) ? deskError('request_too_large') : null }
}
