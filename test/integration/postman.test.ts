import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import newman from 'newman'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type TokenServerDesk, tokenServerDesk } from '../helpers/token-server-desk.js'

/** Newman runs what is copied for Postman, as it is copied, against an API that takes the live token alone. */

let served: TokenServerDesk
let api: Server
let id: string
let bearers: (string | undefined)[]

beforeEach(async () => {
  served = await tokenServerDesk()
  id = served.desk.profiles.list()[0]?.id ?? ''
  await served.server.newSecret(id)
  bearers = []
  api = createServer(({ headers, url }, response) => {
    bearers.push(headers.authorization)
    const live = served.desk.tokens.present(id)?.accessToken
    const right = headers.authorization === `Bearer ${live}` && /^\/restapi\/v2\.1\/accounts\/[\w-]+$/.test(url ?? '')
    response.writeHead(right ? 200 : 401, { 'Content-Type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await served.stop()
  await new Promise((resolve) => api.close(resolve))
})

type Summary = Parameters<Parameters<typeof newman.run>[1]>[1]
function run(collection: object, environment: object, iterationCount = 1): Promise<Summary> {
  return new Promise((resolve, reject) =>
    newman.run({ collection, environment, iterationCount }, (error, summary) =>
      error ? reject(error) : resolve(summary),
    ),
  )
}
const copied = (what: 'postman-environment' | 'postman-collection') =>
  JSON.parse(served.server.textFor(id, what).text) as object
/** The collection as copied, its one request sent to the API of this test in Docusign's place. */
function collection() {
  const { port } = api.address() as AddressInfo
  const text = JSON.stringify(copied('postman-collection'))
  return JSON.parse(text.replace('{{baseUrl}}', `http://127.0.0.1:${port}/restapi`)) as object
}

describe('newman, with what is copied for Postman', () => {
  it('sends each request with a live token of the account', async () => {
    const { run: done, environment } = await run(collection(), copied('postman-environment'), 3)
    expect(done.failures.map(({ error }) => error.message)).toEqual([])
    // Each time the script's own request, then the collection's.
    expect(done.executions.map(({ response }) => response?.code)).toEqual([200, 200, 200, 200, 200, 200])
    expect(bearers).toHaveLength(3)
    expect(environment.get('baseUrl')).toMatch(/\/restapi$/)
    expect(environment.get('accountId')).toBe(served.desk.accounts.accountOf(id)?.accountId)
  })
  it('takes the next token once the present one is near its end', async () => {
    await run(collection(), copied('postman-environment'))
    await served.desk.tokens.get(id, { fresh: true })
    const { run: done } = await run(collection(), copied('postman-environment'))
    expect(done.executions[0]?.response?.code).toBe(200)
    expect(new Set(bearers).size).toBe(2)
  })
  it.each([
    ['a wrong secret', () => served.server.newSecret(id).then(() => {}), /secret_wrong/],
    ['a server that does not run', () => served.server.stop().then(() => {}), /Is its token server running/],
    [
      'a profile that Docusign refuses',
      async () => served.desk.simulator.setScenario('consent-required'),
      /consent_required/,
    ],
  ])('with %s sends nothing at all, and says why', async (_what, spoil, message) => {
    const environment = copied('postman-environment')
    await spoil()
    const { run: done } = await run(collection(), environment)
    expect(done.failures.map(({ error }) => error.message).join()).toMatch(message)
    expect(bearers).toEqual([])
  })
  it('the script alone works in a collection that is there already', async () => {
    const script = served.server.textFor(id, 'postman-script').text
    const made = { ...collection(), event: [{ listen: 'prerequest', script: { exec: [script] } }] }
    const { run: done } = await run(made, copied('postman-environment'))
    expect(done.executions[0]?.response?.code).toBe(200)
  })
})
