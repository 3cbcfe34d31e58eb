import { connect } from 'node:net'

export interface RawAnswer {
  readonly status: number
  readonly headers: string
  readonly body: string
}

/** Sends these very bytes, as a hostile client may, and reads until the server closes or `untilMs` has passed. */
export function sendRaw(port: number, text: string, { host = '127.0.0.1', untilMs = 1000 } = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host })
    let received = ''
    const done = () => {
      socket.destroy()
      const [head = '', ...rest] = received.split('\r\n\r\n')
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), headers: head, body: rest.join('\r\n\r\n') })
    }
    const timer = setTimeout(done, untilMs)
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      received += chunk
    })
    socket.once('connect', () => socket.write(text))
    socket.once('close', () => {
      clearTimeout(timer)
      done()
    })
    // A reset after the answer is an end like another.
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
  })
}
