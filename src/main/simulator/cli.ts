import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
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

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8910' },
    scenario: { type: 'string', default: 'normal' },
    'integration-key': { type: 'string', default: randomUUID() },
    'user-id': { type: 'string', default: randomUUID() },
    'public-key': { type: 'string' },
    'token-lifetime': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(HELP)
} else {
  const scenario = SCENARIOS.find((name): name is Scenario => name === values.scenario)
  if (!scenario) {
    console.error(`Unknown scenario. Choose one of: ${SCENARIOS.join(', ')}`)
    process.exit(2)
  }
  const lifetime = values['token-lifetime']
  const simulator = await startSimulator({
    port: Number(values.port),
    ...(lifetime === undefined ? {} : { tokenLifetimeS: Number(lifetime) }),
  })
  const given = values['public-key']
  const { publicKeyPem, privateKeyFile } = given
    ? { publicKeyPem: readFileSync(given, 'utf8'), privateKeyFile: null }
    : makePair()
  simulator.register([
    {
      integrationKey: values['integration-key'],
      userIds: [values['user-id']],
      publicKeyPems: [publicKeyPem],
      redirectUris: [],
    },
  ])
  simulator.setScenario(scenario)
  console.log(`Simulator listens on http://${simulator.host}`)
  console.log(`  OAuth host       ${simulator.host}`)
  console.log(`  REST base path   http://${simulator.host}/restapi`)
  console.log(`  Integration key  ${values['integration-key']}`)
  console.log(`  User ID          ${values['user-id']}`)
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
