import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dataFolders } from '../src/cli/data-folders.js'
import { createKeyringCipher } from '../src/main/platform/keyring-cipher.js'
import { ENVIRONMENTS, originOf } from '../src/shared/environments.js'
import { checkDataFolder } from './doctor/data-folder.js'
import { checkHosts, checkNode } from './doctor/host-programs.js'
import { checkHost } from './doctor/network.js'
import { checkProtection } from './doctor/protection.js'
import { asJson, asText, standsInTheWay } from './doctor/report.js'
import { findElectron } from './electron-binary.js'
import { findBrowser } from './find-browser.js'

/** `npm run doctor`: what stands between this computer and a token, and what to do about it. `--json` for programs. */
const root = fileURLToPath(new URL('../..', import.meta.url))
const { productName, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  productName: string
  engines: { node: string }
}
const origins = [ENVIRONMENTS.demo, ENVIRONMENTS.production].flatMap(({ oauthHost }) =>
  oauthHost ? [originOf(oauthHost)] : [],
)
const hosts = await Promise.all(origins.map((origin) => checkHost(origin, { fetch, nowMs: Date.now })))
const findings = [
  checkNode(process.version, engines.node),
  ...checkHosts(findElectron(root), findBrowser),
  await checkProtection(createKeyringCipher(process.platform)),
  ...dataFolders(process.env, process.platform, productName).flatMap((folder) =>
    checkDataFolder(folder, process.platform),
  ),
  ...hosts.flat(),
]
console.log(process.argv.includes('--json') ? asJson(findings) : asText(findings))
// Not left to the event loop: a keyring that waits for a password would keep this process.
process.exit(standsInTheWay(findings) ? 1 : 0)
