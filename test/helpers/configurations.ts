/** Configurations as Docusign's starters have them, with ids that belong to nobody. */

export const INTEGRATION_KEY = '11111111-aaaa-4bbb-8ccc-222222222222'
export const USER_ID = '33333333-dddd-4eee-8fff-444444444444'
const OTHER_KEY = '99999999-aaaa-4bbb-8ccc-999999999999'

/** File name → content. Each says demo, but for those that say nothing. */
export const CONFIGURATIONS = {
  '.env': `# the service
INTEGRATION_KEY = "${INTEGRATION_KEY}"
export USER_ID='${USER_ID}'   # who
 BASE_PATH=https://demo.docusign.net/restapi # demo
PRIVATE_KEY_PATH=./keys/private.key
`,
  // code-examples-node, Quickstart console
  'jwtConfig.json': JSON.stringify({
    dsJWTClientId: INTEGRATION_KEY,
    impersonatedUserGuid: USER_ID,
    privateKeyLocation: 'private.key',
    dsOauthServer: 'https://account-d.docusign.com',
  }),
  // code-examples-csharp, launcher; with a comment, as .NET allows
  'appsettings.json': `{
  // made by Quickstart
  "DocuSign": {
    "ClientId": "${OTHER_KEY}",
    "ClientSecret": "{SECRET_KEY}",
    "AuthorizationEndpoint": "https://account-d.docusign.com/oauth/auth"
  },
  "DocuSignJWT": {
    "ClientId": "${INTEGRATION_KEY}",
    "ImpersonatedUserId": "${USER_ID}",
    "AuthServer": "account-d.docusign.com",
    "PrivateKeyFile": "private.key",
  },
  "AllowedHosts": "*"
}`,
  // code-examples-csharp, JWT console
  'app.config': `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <appSettings>
    <add key="ClientId" value="${INTEGRATION_KEY}" />
    <add key="ImpersonatedUserId" value="${USER_ID}" />
    <add key="AuthServer" value="account-d.docusign.com" />
    <add key="PrivateKeyFile" value="private.key" />
  </appSettings>
</configuration>`,
  // code-examples-java
  'application.properties': `DS_APP_URL=http://localhost:8080
#JWT Grant client:
jwt.grant.client.client-id=${INTEGRATION_KEY}
jwt.grant.client.impersonated-user-guid = ${USER_ID}
jwt.grant.client.base-url: account-d.docusign.com
jwt.grant.client.scope=signature \\
   impersonation
jwt.grant.client.private-key-path=src/main/resources/private.key
authorization.code.grant.client.client-id=${OTHER_KEY}
authorization.code.grant.client.scope=signature
`,
  'application.json': JSON.stringify({
    DS_BASE_PATH: 'https://demo.docusign.net',
    'jwt.grant.client.base-url': 'account-d.docusign.com',
    spring: {
      registration: {
        acg: { 'client-id': OTHER_KEY, scope: 'signature, user_write' },
        jwt: {
          'client-id': INTEGRATION_KEY,
          'impersonated-user-guid': USER_ID,
          'private-key-path': 'src/main/resources/private.key',
          'redirect-uri': '{baseUrl}/login/oauth2/code/jwt',
        },
      },
    },
  }),
  // eg-01-node-jwt
  'ds_configuration.js': `const env = process.env; // Can't use an email
exports.config = {
    /** The app's integration key. */
    client_id: env.DS_CLIENT_ID || '${INTEGRATION_KEY}'
  , impersonated_user_guid: env.DS_IMPERSONATED_USER_GUID || '${USER_ID}'
  , target_account_id: false
  , authentication_url: 'https://account-d.docusign.com' // account.docusign.com for production
  , aud: 'account-d.docusign.com'
  , private_key_file: "./private.key"
  , permission_scopes: 'signature impersonation'
}`,
  // code-examples-python
  'ds_config.py': `DS_CONFIG = {
    "ds_client_id": "${OTHER_KEY}",  # The app's integration key
    "ds_client_secret": "{SECRET_KEY}",
    "authorization_server": "https://account-d.docusign.com",
}

DS_JWT = {
    "ds_client_id": "${INTEGRATION_KEY}",
    "ds_impersonated_user_id": "${USER_ID}",  # The id of the user.
    "private_key_file": "./app/private.key", # Create a new file
    "authorization_server": "account-d.docusign.com"
}
`,
  // code-examples-php
  'ds_config.php': `<?php
$DS_CONFIG = [ 'ds_client_id' => '${OTHER_KEY}', 'app_url' => 'http://localhost:8080/public' ];
$JWT_CONFIG = [
    'ds_client_id' => '${INTEGRATION_KEY}', // The app's Docusign integration key
    'authorization_server' => 'account-d.docusign.com',
    "ds_impersonated_user_id" => '${USER_ID}',  // the id of the user
    "private_key_file" => "./private.key", // path to private key file
];
`,
  // Docusign's Postman collections, as Postman exports an environment
  'Docusign.postman_environment.json': JSON.stringify({
    id: '55555555-0000-4000-8000-000000000000',
    name: 'Docusign demo',
    values: [
      { key: 'integrationKey', value: INTEGRATION_KEY, enabled: true },
      { key: 'userId', value: USER_ID, type: 'secret', enabled: true },
      { key: 'userId', value: OTHER_KEY, enabled: false },
      { key: 'authServer', value: 'https://account-d.docusign.com', enabled: true },
      { key: 'scope', value: 'signature impersonation', enabled: true },
      { key: 'redirectUri', value: 'https://example.com/callback', enabled: true },
      { key: 'accessToken', value: 'not-for-import', enabled: true },
    ],
    _postman_variable_scope: 'environment',
  }),
} as const

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
