/** What a profile wants to know from a file. */
export type KnownField =
  | 'integrationKey'
  | 'userId'
  | 'oauthHost'
  | 'basePath'
  | 'keyFile'
  | 'keyText'
  | 'scopes'
  | 'redirectUri'

export interface KnownName {
  readonly field: KnownField
  /** Says itself that it belongs to the JWT grant, as `dsJWTClientId` does beside `dsClientId`. */
  readonly jwt: boolean
}

/**
 * The spellings of Docusign's own starters and of those who follow them, as letters and digits alone and without
 * `docusign`, `ds` or `jwt` in front. Sources: github.com/docusign/code-examples-{node,java,csharp,python,php}, their
 * predecessors eg-01-*-jwt, and Docusign's Postman collections.
 */
const SPELLINGS: Readonly<Record<KnownField, string>> = {
  integrationKey: 'integrationkey integratorkey integrationid clientid ik iss integrationkeyjwt clientidjwt',
  userId:
    'userid userguid impersonateduserid impersonateduserguid impersonationuserid impersonationuserguid impersonateduser apiuserid useridguid impersonateuserid sub',
  oauthHost:
    'authserver oauthserver authorizationserver authserverurl oauthhost oauthhostname oauthbasepath oauthbaseurl oauthbase oauthurl authhost authbasepath authbaseurl authurl authenticationurl authorizationurl aud audience authorizationendpoint tokenendpoint tokenurl tokenuri authorizationuri userinfouri userinformationendpoint',
  basePath:
    'basepath baseurl baseuri restbasepath restbaseurl resturl restapiurl restapibasepath apibasepath apibaseurl apibase apiurl esignbasepath esignaturebasepath',
  keyFile:
    'privatekeylocation privatekeyfile privatekeypath privatekeyfilepath privatekeyfilename rsakeyfile rsakeypath rsaprivatekeyfile rsaprivatekeypath keyfile keypath pemfile pathtoprivatekey',
  keyText: 'privatekey privatekeypem privatekeybase64 rsakey rsaprivatekey rsasecret rsapem',
  scopes: 'scope scopes oauthscope oauthscopes permissionscopes',
  redirectUri: 'redirecturi redirecturl oauthredirecturi oauthredirecturl callbackurl',
}

const FIELD_OF: ReadonlyMap<string, KnownField> = new Map(
  Object.entries(SPELLINGS).flatMap(([field, names]) =>
    names.split(' ').map((name) => [name, field as KnownField] as const),
  ),
)

/** `null` for a name that says nothing of a JWT profile, and for those of the authorization code grant. */
export function knownName(name: string): KnownName | null {
  const whole = name.toLowerCase()
  if (/authorization[._-]?code|(^|[._-])acg([._-]|$)/.test(whole)) return null
  const last = whole.split('.').at(-1) ?? ''
  const bare = last.replace(/[^a-z0-9]/g, '').replace(/^(?:docusign|ds|jwt)+(?=[a-z])/, '')
  const field = FIELD_OF.get(bare)
  return field ? { field, jwt: whole.includes('jwt') } : null
}
