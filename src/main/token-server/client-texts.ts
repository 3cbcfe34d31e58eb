import type { ServerCopy } from '../../shared/serving.js'
import { deskError } from '../core/desk-error.js'
import { POSTMAN_COLLECTION, POSTMAN_SCRIPT, postmanServerEnvironment } from './postman.js'

export interface ClientText {
  readonly text: string
  /** It holds the secret: it is copied as a token is. */
  readonly isSecret: boolean
}

/**
 * What a client of the token server is given.
 * @param origin of the server, such as `http://127.0.0.1:8000`
 * @param secret `null` once it is not held any more: the client then has the place for it
 * @throws DeskError `secret_gone` where the secret itself is asked for and not held
 */
export function clientText(what: ServerCopy, profileName: string, origin: string, secret: string | null): ClientText {
  const isSecret = secret !== null
  const open = (text: string): ClientText => ({ text, isSecret: false })
  switch (what) {
    case 'url':
      return open(serverUrl(origin))
    case 'secret':
      if (!isSecret) throw deskError('secret_gone')
      return { text: secret, isSecret }
    case 'curl':
      // Not among curl's arguments: other users of this computer see those, and reach its loopback addresses.
      return {
        text: `echo "Authorization: Bearer ${secret ?? '$TOKEN_DESK_SECRET'}" |\n  curl --header @- ${serverUrl(origin)}\n`,
        isSecret,
      }
    case 'postman-environment':
      return { text: postmanServerEnvironment(profileName, origin, secret ?? ''), isSecret }
    case 'postman-script':
      return open(POSTMAN_SCRIPT)
    case 'postman-collection':
      return open(POSTMAN_COLLECTION)
  }
}

const serverUrl = (origin: string) => `${origin}/docusignAuthkey`
