import { deskError } from './desk-error.js'

/** Answers are a few kilobytes; a captive portal's page may be any size. */
const MAX_ANSWER_BYTES = 256 * 1024

/** @throws DeskError `not_docusign` for a body above 256 KiB, which is not read to its end */
export async function readAnswerText(response: Response): Promise<string> {
  if (!response.body) return ''
  const decoder = new TextDecoder()
  let bytes = 0
  let text = ''
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > MAX_ANSWER_BYTES) throw deskError('not_docusign')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** Docusign's `X-DocuSign-TraceToken`, which its support asks for; `null` for anything but what it looks like. */
export function readTraceToken(headers: Headers): string | null {
  const value = headers.get('x-docusign-tracetoken')
  return isTraceToken(value) ? value : null
}

/** A GUID, as Docusign sends it. Anything else is not repeated. */
export function isTraceToken(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}
