/** As much of two packages without types as the benchmarks use. */
declare module 'express' {
  interface Request {
    readonly headers: import('node:http').IncomingHttpHeaders
  }
  interface Response {
    status(code: number): Response
    json(body: object): void
  }
  interface App {
    use(middleware: unknown): void
    get(path: string, handler: (request: Request, response: Response) => Promise<void>): void
    listen(port: number, host: string, listening: () => void): import('node:http').Server
  }
  const express: (() => App) & { json(): unknown }
  export default express
}
declare module 'autocannon' {
  interface Options {
    readonly url: string
    readonly connections: number
    readonly headers: Readonly<Record<string, string>>
    readonly verifyBody: (body: string | undefined) => boolean
    readonly amount?: number
    readonly duration?: number
  }
  interface Result {
    readonly non2xx: number
    /** `sent`: with those that were never answered. */
    readonly requests: { readonly total: number; readonly sent: number }
    readonly latency: { readonly p99: number }
    readonly start: Date
    readonly finish: Date
  }
  const autocannon: (options: Options) => Promise<Result>
  export default autocannon
}
