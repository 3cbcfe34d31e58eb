import { createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isGuid } from '../../shared/profile-rules.js'
import { SCENARIOS, type Scenario } from '../../shared/views.js'
import { startSimulator } from './server.js'

/** `npm run simulator`: the stand-in for Docusign by itself, for scripts and for other clients than this app. */

const HELP = `A stand-in for Docusign's authorization server, on this computer only.

  --port N               port to listen on (default 8910; 0 takes a free one)
  --scenario NAME        one of: ${SCENARIOS.join(', ')}
  --integration-key ID   GUID to know (default: a new one)
  --user-id ID           GUID of the user to know (default: a new one)
  --public-key FILE      public key (PEM) to know; without it a pair is made
  --token-lifetime S     expires_in of every token, seconds
`

/** In fixed words: what was typed may be a key in the wrong place. */
function refuse(message: string): never {
  console.error(message)
  process.exit(2)
}

function parse() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '8910' },
        scenario: { type: 'string', default: 'normal' },
        'integration-key': { type: 'string', default: randomUUID() },
        'user-id': { type: 'string', default: randomUUID() },
        'public-key': { type: 'string' },
        'token-lifetime': { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch {
    return refuse('An option is unknown, or its value is missing. --help lists them.')
  }
}

/** A whole number that is not negative. */
function numberOf(name: 'port' | 'token-lifetime', text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : refuse(`--${name} takes a whole number.`)
}

function guidOf(name: 'integration-key' | 'user-id', text: string): string {
  return isGuid(text) ? text : refuse(`--${name} takes a GUID.`)
}

function publicKeyIn(file: string): string {
  try {
    return createPublicKey(readFileSync(file)).export({ type: 'spki', format: 'pem' }).toString()
  } catch {
    return refuse('--public-key takes the path of a public key in PEM.')
  }
}

const values = parse()
if (values.help) {
  console.log(HELP)
} else {
  const scenario = SCENARIOS.find((name): name is Scenario => name === values.scenario)
  if (!scenario) refuse(`Unknown scenario. Choose one of: ${SCENARIOS.join(', ')}`)
  const lifetime = values['token-lifetime']
  const port = numberOf('port', values.port)
  const integrationKey = guidOf('integration-key', values['integration-key'])
  const userId = guidOf('user-id', values['user-id'])
  const tokenLifetimeS = lifetime === undefined ? undefined : numberOf('token-lifetime', lifetime)
  const given = values['public-key'] === undefined ? null : publicKeyIn(values['public-key'])
  const simulator = await startSimulator({ port, ...(tokenLifetimeS === undefined ? {} : { tokenLifetimeS }) }).catch(
    () => refuse(`The simulator could not listen on port ${port}.`),
  )
  const { publicKeyPem, privateKeyFile } = given ? { publicKeyPem: given, privateKeyFile: null } : makePair()
  simulator.register([
    {
      integrationKey,
      userIds: [userId],
      publicKeyPems: [publicKeyPem],
      redirectUris: [],
    },
  ])
  simulator.setScenario(scenario)
  console.log(`Simulator listens on http://${simulator.host}`)
  console.log(`  OAuth host       ${simulator.host}`)
  console.log(`  REST base path   http://${simulator.host}/restapi`)
  console.log(`  Integration key  ${integrationKey}`)
  console.log(`  User ID          ${userId}`)
  console.log(`  Scenario         ${scenario}`)
  if (privateKeyFile) console.log(`  Private key      ${privateKeyFile} (for this simulator only)`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close())
}

function makePair(): { publicKeyPem: string; privateKeyFile: string } {
  const pair = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  const privateKeyFile = join(mkdtempSync(join(tmpdir(), 'token-desk-simulator-')), 'private-key.pem')
  writeFileSync(privateKeyFile, pair.privateKey, { mode: 0o600 })
  return { publicKeyPem: pair.publicKey, privateKeyFile }
}
