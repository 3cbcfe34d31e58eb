import { createServer, type IncomingMessage } from 'node:http'
import type { ErrorCode } from '../../shared/result.js'
import { answerProof, callAuthorization, nonceOf, PROOF_HEADER } from '../core/call-proof.js'
import { type DeskError, deskError } from '../core/desk-error.js'
import {
  announcesBody,
  createStrangers,
  isSameSecret,
  LOCAL_LIMITS,
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

const MAX_STRANGERS = 256

/**
 * HTTP/1.1 on a socket or pipe.
 * @throws Error where the address cannot be had
 */
export async function listenAt({ address, secret, answer, unreadable }: Parts): Promise<Listener> {
  const strangers = createStrangers(MAX_STRANGERS)
  // The address is no host's: without a Host it is fine.
  const server = createServer({ ...LOCAL_LIMITS, requireHostHeader: false }, (request, response) => {
    const { method = '', url = '' } = request
    const [path = '', ...query] = url.split('?')
    const nonce = nonceOf(request.headers.authorization ?? '')
    const refusal = refusalOf(request, secret, nonce)
    if (!refusal) strangers.recognise(request.socket)
    const call: Call = { method, path, query: new URLSearchParams(query.join('?')), refusal }
    void answer(call).then(({ status, body, afterwards }) => {
      if (afterwards) response.once('close', afterwards)
      const text = JSON.stringify(body)
      const proof = answerProof(secret, nonce, status, text)
      sendJson(response, status, text, { Connection: 'close', [PROOF_HEADER]: proof })
    })
  })
  server.timeout = SILENT_MS
  strangers.watch(server)
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

function refusalOf(
  { headers, method = '', url = '' }: IncomingMessage,
  secret: string,
  nonce: string,
): DeskError | null {
  // No page can reach a socket; one that found a way would say where it comes from.
  if (headers.origin !== undefined) return deskError('origin_refused')
  if (!isSameSecret(headers.authorization ?? '', callAuthorization(secret, nonce, method, url))) {
    return deskError('secret_wrong', {
      message: 'The caller does not hold the secret of this run of Token Desk.',
      hint: 'Use the tokendesk command: it reads the secret from the data folder.',
    })
  }
  return announcesBody(headers) ? deskError('request_too_large') : null
}
