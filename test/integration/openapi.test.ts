import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { OPENAPI } from '../../src/main/token-server/openapi.js'
import { type TokenServerDesk, tokenServerDesk } from '../helpers/token-server-desk.js'

let served: TokenServerDesk
let secret: string

beforeEach(async () => {
  served = await tokenServerDesk()
  secret = (await served.server.newSecret(served.desk.profiles.list()[0]?.id ?? '')).secret
})
afterEach(() => served.stop())

/** As strict as can be: what the document does not name may not be in an answer. */
function isAsDocumented(schema: keyof typeof OPENAPI.components.schemas, value: unknown): string {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  ajv.addSchema({ $id: 'openapi', components: OPENAPI.components })
  const validate = ajv.compile({ $ref: `openapi#/components/schemas/${schema}` })
  validate(value)
  const named = Object.keys(propertiesOf(schema))
  const surplus = Object.keys(value as object).filter((name) => !named.includes(name))
  return [ajv.errorsText(validate.errors), ...surplus].join()
}
function propertiesOf(schema: keyof typeof OPENAPI.components.schemas): object {
  const found = OPENAPI.components.schemas[schema]
  return 'properties' in found ? found.properties : {}
}

it('is valid OpenAPI, and kept in docs as it is served', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(OPENAPI))
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
  const answer = await served.ask('/openapi.json', null)
  // Written anew by `npx vitest -u` after a change.
  await expect(`${JSON.stringify(await answer.json(), null, 2)}\n`).toMatchFileSnapshot('../../docs/openapi.json')
})

it('describes every answer that is given', async () => {
  const ask = async (path: string, given: string | null = secret, init?: RequestInit) =>
    (await served.ask(path, given, init)).json()
  const paths = ['/docusignAuthkey', '/docusignAuthKey', '/v1/profiles/Simulator/token']
  for (const path of paths) expect(isAsDocumented('Token', await ask(path))).toBe('No errors')
  expect(isAsDocumented('Profiles', await ask('/v1/profiles'))).toBe('No errors')
  const failures = [
    await ask('/docusignAuthkey', 'wrong'),
    await ask('/v1/profiles/Other/token'),
    await ask('/nothing'),
    await ask('/docusignAuthkey', secret, { method: 'POST' }),
    await ask('/docusignAuthkey', secret, { headers: { Origin: 'https://evil.example' } }),
  ]
  const fresh = await tokenServerDesk()
  const { secret: theirs } = await fresh.server.newSecret(fresh.desk.profiles.list()[0]?.id ?? '')
  fresh.desk.simulator.setScenario('consent-required')
  failures.push(await (await fresh.ask('/docusignAuthkey', theirs)).json())
  await fresh.stop()
  for (const failure of failures) expect(isAsDocumented('Failure', failure)).toBe('No errors')
})

it('names routes that all answer, and what it does not name is not there', async () => {
  for (const path of Object.keys(OPENAPI.paths)) {
    const { status } = await served.ask(path.replace('{name}', 'Simulator'), secret)
    expect({ path, status }).toEqual({ path, status: 200 })
  }
  expect((await served.ask('/v2/profiles', secret)).status).toBe(404)
})
