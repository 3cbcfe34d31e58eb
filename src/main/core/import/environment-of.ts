import { ENVIRONMENTS, type EnvironmentId, isBareHost, plainHost } from '../../../shared/environments.js'

/** `host[:port]` of a URL or a bare host, in lower case; empty where it is neither. */
export function hostOf(text: string): string {
  const value = text.trim()
  if (isBareHost(value)) return plainHost(value)
  const url = URL.canParse(value) ? new URL(value) : null
  return url && /^https?:$/.test(url.protocol) && !url.username ? url.host : ''
}

const OWN_HOSTS = Object.values(ENVIRONMENTS).flatMap(({ id, oauthHost, restBasePath }) =>
  oauthHost && restBasePath ? [{ id, oauthHost, restHost: hostOf(restBasePath) }] : [],
)

/** The environment whose OAuth host this is. */
export const environmentOfOauthHost = (host: string): EnvironmentId | null =>
  OWN_HOSTS.find(({ oauthHost }) => oauthHost === host)?.id ?? null

/**
 * The environment that a file names, by Docusign's own hosts, letter for letter. Whatever else it may look like is for
 * the user to say: nothing is guessed, and nothing falls to production.
 *
 * @returns `several` where the file names hosts of more than one
 */
export function environmentOf(
  oauthHosts: readonly string[],
  restHosts: readonly string[],
): EnvironmentId | 'several' | null {
  const named = new Set(
    [...oauthHosts, ...restHosts].flatMap(
      (host) => OWN_HOSTS.find(({ oauthHost, restHost }) => host === oauthHost || host === restHost)?.id ?? [],
    ),
  )
  if (named.size > 1) return 'several'
  // A token from a host that is not Docusign's belongs to no environment of Docusign's.
  if (oauthHosts.some((host) => environmentOfOauthHost(host) === null)) return null
  return [...named][0] ?? null
}
