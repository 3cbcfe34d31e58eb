import type { CopyFormat } from '../../shared/copy-formats.js'
import { originOf } from '../../shared/environments.js'
import { deskError } from './desk-error.js'
import type { TokenFacts } from './token-facts.js'

/**
 * A token as other tools want it. Calls an account's own information where the account is known, else user info: both
 * are real calls that change nothing.
 * @throws DeskError `format_unsuitable` when the format cannot carry the token's characters safely
 */
export function renderToken(format: CopyFormat, facts: TokenFacts): string {
  const { accessToken, accountId, restBasePath, oauthHost } = facts
  const bearer = `Bearer ${accessToken}`
  const url = accountId
    ? `${restBasePath}/v2.1/accounts/${encodeURIComponent(accountId)}`
    : `${originOf(oauthHost)}/oauth/userinfo`
  switch (format) {
    case 'raw':
      return accessToken
    case 'header':
      return `Authorization: ${bearer}`
    case 'curl':
      // Not among curl's arguments: other users of the computer see those. `printf` is the shell's own, and no program.
      return `printf '%s\\n' ${shell(`Authorization: ${bearer}`)} |\n  curl --header @- --header 'Accept: application/json' ${shell(url)}\n`
    case 'env':
      return dotEnv({
        DOCUSIGN_ACCESS_TOKEN: accessToken,
        DOCUSIGN_BASE_PATH: restBasePath,
        DOCUSIGN_ACCOUNT_ID: accountId ?? '',
        DOCUSIGN_TOKEN_EXPIRES_AT: new Date(facts.expiresAtMs).toISOString(),
      })
    case 'postman':
      return postmanEnvironment(facts)
    case 'json':
      return `${JSON.stringify(
        {
          access_token: accessToken,
          token_type: 'Bearer',
          expires_in: Math.floor(facts.remainingMs / 1000),
          expires_at: new Date(facts.expiresAtMs).toISOString(),
          environment: facts.environment,
          profile: facts.profileName,
          base_path: restBasePath,
          account_id: accountId,
        },
        null,
        2,
      )}\n`
    default:
      return SNIPPETS[format](facts)
  }
}

/** POSIX, XCU 2.2.2: nothing is special between single quotes but the single quote. */
const shell = (text: string) => `'${text.replaceAll("'", "'\\''")}'`

/** What shells and readers of `.env` files agree on: bare words, or single quotes around anything but such a quote. */
function dotEnv(values: Readonly<Record<string, string>>): string {
  const lines = Object.entries(values).map(([name, value]) => {
    if (/^[\w.:/~+@%-]*$/.test(value)) return `${name}=${value}\n`
    if (/['\r\n]/.test(value)) throw deskError('format_unsuitable')
    return `${name}='${value}'\n`
  })
  return lines.join('')
}

/**
 * The variables of Docusign's own collections (`integrationKey`, `authServer`, `baseUrl`, `access_token` and so on), and
 * `accessToken` of the older one.
 */
function postmanEnvironment(facts: TokenFacts): string {
  const { accessToken, accountId, restBasePath, oauthHost } = facts
  const secret = new Set(['access_token', 'accessToken'])
  const variables: Record<string, string> = {
    integrationKey: facts.integrationKey,
    userId: facts.userId ?? '',
    authServer: originOf(oauthHost),
    scope: facts.scopes.join(' '),
    baseUrl: restBasePath,
    base_uri: new URL(restBasePath).origin,
    accountId: accountId ?? '',
    account_id: accountId ?? '',
    access_token: accessToken,
    accessToken,
    token_type: 'Bearer',
    expires_in: String(Math.floor(facts.remainingMs / 1000)),
    access_token_expires_at: String(Math.floor(facts.expiresAtMs / 1000)),
  }
  const values = Object.entries(variables).map(([key, value]) => ({
    key,
    value,
    type: secret.has(key) ? 'secret' : 'default',
    enabled: true,
  }))
  return `${JSON.stringify({ name: `Docusign: ${facts.profileName}`, values, _postman_variable_scope: 'environment' }, null, 2)}\n`
}

/** A string literal in C#, Java, Python and JavaScript alike: a token and its hosts are visible ASCII. */
function literal(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw deskError('format_unsuitable')
  return JSON.stringify(text)
}

/** As Docusign's code examples call the SDKs. https://github.com/docusign/code-examples-node and its siblings */
const SNIPPETS: Readonly<Record<'csharp' | 'java' | 'python' | 'node', (facts: TokenFacts) => string>> = {
  csharp: ({ accessToken, restBasePath, oauthHost, accountId }) =>
    lines(
      'using DocuSign.eSign.Api;',
      'using DocuSign.eSign.Client;',
      '',
      `var apiClient = new DocuSignClient(${literal(restBasePath)});`,
      `apiClient.SetOAuthBasePath(${literal(oauthHost)});`,
      `apiClient.Configuration.DefaultHeader.Add("Authorization", ${literal(`Bearer ${accessToken}`)});`,
      accountId
        ? `var account = new AccountsApi(apiClient).GetAccountInformation(${literal(accountId)});`
        : `var user = apiClient.GetUserInfo(${literal(accessToken)});`,
    ),
  java: ({ accessToken, restBasePath, oauthHost, accountId }) =>
    lines(
      'import com.docusign.esign.api.AccountsApi;',
      'import com.docusign.esign.client.ApiClient;',
      '',
      `ApiClient apiClient = new ApiClient(${literal(restBasePath)});`,
      `apiClient.setOAuthBasePath(${literal(oauthHost)});`,
      `apiClient.addDefaultHeader("Authorization", ${literal(`Bearer ${accessToken}`)});`,
      accountId
        ? `var account = new AccountsApi(apiClient).getAccountInformation(${literal(accountId)});`
        : `var user = apiClient.getUserInfo(${literal(accessToken)});`,
    ),
  python: ({ accessToken, restBasePath, oauthHost, accountId }) =>
    lines(
      'from docusign_esign import AccountsApi, ApiClient',
      '',
      'api_client = ApiClient()',
      `api_client.host = ${literal(restBasePath)}`,
      `api_client.set_oauth_host_name(${literal(oauthHost)})`,
      `api_client.set_default_header("Authorization", ${literal(`Bearer ${accessToken}`)})`,
      accountId
        ? `account = AccountsApi(api_client).get_account_information(${literal(accountId)})`
        : `user = api_client.get_user_info(${literal(accessToken)})`,
    ),
  node: ({ accessToken, restBasePath, oauthHost, accountId }) =>
    lines(
      'const docusign = require("docusign-esign");',
      '',
      'const apiClient = new docusign.ApiClient();',
      `apiClient.setBasePath(${literal(restBasePath)});`,
      `apiClient.setOAuthBasePath(${literal(oauthHost)});`,
      `apiClient.addDefaultHeader("Authorization", ${literal(`Bearer ${accessToken}`)});`,
      accountId
        ? `new docusign.AccountsApi(apiClient).getAccountInformation(${literal(accountId)}).then(console.log);`
        : `apiClient.getUserInfo(${literal(accessToken)}).then(console.log);`,
    ),
}

const lines = (...text: string[]) => `${text.join('\n')}\n`
