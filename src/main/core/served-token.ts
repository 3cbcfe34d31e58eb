import type { ServedToken } from '../../shared/command-line.js'
import type { CopyFormat } from '../../shared/copy-formats.js'
import { renderToken } from './copy-formats.js'
import type { TokenFacts } from './token-facts.js'

/** What the command line is given. @throws DeskError as `renderToken` */
export function servedToken(format: CopyFormat, facts: TokenFacts): ServedToken {
  return {
    text: renderToken(format, facts),
    token: facts.accessToken,
    environment: facts.environment,
    profile: facts.profileName,
    basePath: facts.restBasePath,
    accountId: facts.accountId,
    expiresAt: new Date(facts.expiresAtMs).toISOString(),
  }
}
