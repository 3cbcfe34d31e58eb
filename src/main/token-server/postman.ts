/** What Postman needs to fetch a live token by itself before each request. None of it holds a token. */

/** For the scripts of a collection that is there already: _Pre-request_ at the collection's level. */
export const POSTMAN_SCRIPT = `// Token Desk: a live Docusign token before each request of this collection.
// Needs the environment of Token Desk: tokenDeskUrl, tokenDeskSecret.
// What is left of an earlier one must not go with this one.
for (const name of ['access_token', 'accessToken', 'accountId', 'account_id']) pm.environment.unset(name)
pm.sendRequest(
  {
    url: pm.environment.get('tokenDeskUrl') + '/docusignAuthkey',
    method: 'GET',
    header: { Authorization: 'Bearer ' + pm.environment.get('tokenDeskSecret') },
  },
  (error, response) => {
    let answer = null
    try {
      answer = error ? null : response.json()
    } catch {
      // Another program answers there.
    }
    if (!answer || !answer.success) {
      const why = answer ? answer.code + '. ' + answer.hint : 'no answer. Is its token server running?'
      // As a test that fails it is seen; a request without a token would only fail in a way that says less.
      pm.test('Token Desk gives a token', () => {
        throw new Error('Token Desk: ' + why)
      })
      pm.execution.skipRequest()
      return
    }
    pm.environment.set('access_token', answer.token)
    pm.environment.set('accessToken', answer.token)
    pm.environment.set('baseUrl', answer.basePath)
    if (answer.accountId) {
      pm.environment.set('accountId', answer.accountId)
      pm.environment.set('account_id', answer.accountId)
    }
  },
)
`

/**
 * The variables that the script reads and writes, as a Postman environment.
 * @param origin of the token server, such as `http://127.0.0.1:8000`
 * @param secret empty where it is not known any more: the user pastes it
 */
export function postmanServerEnvironment(profileName: string, origin: string, secret: string): string {
  const value = (key: string, text: string, type = 'default') => ({ key, value: text, type, enabled: true })
  const environment = {
    name: `Docusign ${profileName} (Token Desk)`,
    values: [
      value('tokenDeskUrl', origin),
      value('tokenDeskSecret', secret, 'secret'),
      value('access_token', '', 'secret'),
      value('accessToken', '', 'secret'),
      value('baseUrl', ''),
      value('accountId', ''),
      value('account_id', ''),
    ],
    _postman_variable_scope: 'environment',
  }
  return `${JSON.stringify(environment, null, 2)}\n`
}

/** A collection with the script in place and one request to try. https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html */
export const POSTMAN_COLLECTION = `${JSON.stringify(
  {
    info: {
      name: 'Docusign with Token Desk',
      description: 'Each request gets a live token from Token Desk first. Use it with the environment of Token Desk.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{access_token}}', type: 'string' }] },
    event: [{ listen: 'prerequest', script: { type: 'text/javascript', exec: POSTMAN_SCRIPT.split('\n') } }],
    item: [
      {
        name: 'Account information',
        request: { method: 'GET', url: '{{baseUrl}}/v2.1/accounts/{{accountId}}' },
      },
    ],
  },
  null,
  2,
)}\n`
