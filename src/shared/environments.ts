/**
 * The places a token can come from. The environment is always the user's own choice: never read from a URL that
 * contains "demo", nor from the integration key, which going live copies unchanged from demo to production.
 */
export const ENVIRONMENT_IDS = ['demo', 'production', 'simulator', 'custom'] as const
export type EnvironmentId = (typeof ENVIRONMENT_IDS)[number]

export interface Environment {
  readonly id: EnvironmentId
  readonly label: string
  /** One line under the label: what a token from here can touch. */
  readonly summary: string
  /** Bare host, no scheme: it is also the assertion's `aud`. Absent where the profile (or the simulator) names it. */
  readonly oauthHost?: string
  /** Placeholder until user info names the account's own base URI. */
  readonly restBasePath?: string
}

export const ENVIRONMENTS: Readonly<Record<EnvironmentId, Environment>> = {
  demo: {
    id: 'demo',
    label: 'Demo',
    summary: 'Docusign’s developer environment. No legal effect.',
    oauthHost: 'account-d.docusign.com',
    restBasePath: 'https://demo.docusign.net/restapi',
  },
  production: {
    id: 'production',
    label: 'Production',
    summary: 'Real accounts, real envelopes, real recipients.',
    oauthHost: 'account.docusign.com',
    restBasePath: 'https://www.docusign.net/restapi',
  },
  simulator: {
    id: 'simulator',
    label: 'Simulator',
    summary: 'A stand-in for Docusign on this computer. Nothing leaves it.',
  },
  custom: {
    id: 'custom',
    label: 'Custom',
    summary: 'Your own OAuth host and REST base path.',
  },
}

/** `host[:port]` without the port; IPv6 literals keep their brackets. */
function hostName(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase()
}

/** Loopback hosts are reached over http: nobody can hold a public certificate for them. RFC 8252 section 8.3. */
export function isLoopbackHost(host: string): boolean {
  const name = hostName(host)
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name)
}

/** `https://host`, or `http://host` where the host is this computer. */
export function originOf(host: string): string {
  return `${isLoopbackHost(host) ? 'http' : 'https'}://${host}`
}

/** A bare host with an optional port, as the assertion's `aud` wants it. */
export function isBareHost(text: string): boolean {
  if (!/^(\[[0-9a-f:]+\]|[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)(:\d{1,5})?$/i.test(text)) {
    return false
  }
  return URL.canParse(`https://${text}`)
}

/** A bare host as the network takes it: `HOST:0443` is `host`. */
export const plainHost = (bareHost: string): string => new URL(`https://${bareHost}`).host

/** An https base path, or http where its host is loopback; no query, fragment or credentials. */
export function isRestBasePath(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.host))
  return secure && !url.search && !url.hash && !url.username && !url.password
}
