/** The host's own lines. They never hold a secret, a URL's query or anything from the page. */
export const say = (line: string): void => console.log(`Token Desk (browser host): ${line}`)
export const complain = (line: string): void => console.error(`Token Desk (browser host): ${line}`)

export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))
