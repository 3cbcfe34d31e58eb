/** As much of newman as the tests use: it comes without types. https://github.com/postmanlabs/newman#api-reference */
declare module 'newman' {
  interface Summary {
    readonly run: {
      readonly failures: readonly { readonly error: { readonly message: string } }[]
      readonly executions: readonly { readonly response?: { readonly code: number } }[]
    }
    readonly environment: { get(name: string): string | undefined }
  }
  interface Options {
    readonly collection: unknown
    readonly environment: unknown
    readonly iterationCount?: number
  }
  const newman: { run(options: Options, done: (error: Error | null, summary: Summary) => void): void }
  export default newman
}
