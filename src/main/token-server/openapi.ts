import { ENVIRONMENT_IDS } from '../../shared/environments.js'

/** What the server says of itself: served at /openapi.json, and kept in docs/openapi.json. https://spec.openapis.org/oas/v3.1.0 */

const json = (schema: string) => ({
  content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
})
const ref = (name: string) => ({ $ref: `#/components/responses/${name}` })

const REFUSALS = {
  '400': ref('Unreadable'),
  '401': ref('SecretWrong'),
  '403': ref('Forbidden'),
  '421': ref('Misdirected'),
  '429': ref('TooManyCalls'),
}
const TOKEN = {
  '200': {
    description: 'A token with at least five minutes left, or half its life where that is shorter.',
    ...json('Token'),
  },
  ...REFUSALS,
  '500': { description: 'No token could be had: `code` and `hint` say why, and what to do.', ...json('Failure') },
}
const original = (path: string, operationId: string) => ({
  [path]: {
    get: {
      operationId,
      summary: 'A live token of the profile that the secret opens.',
      description: 'The route of the original project.',
      responses: TOKEN,
    },
  },
})
const open = (operationId: string, summary: string, description: string, schema: object) => ({
  get: {
    operationId,
    summary,
    security: [],
    responses: {
      '200': { description, content: { 'application/json': { schema } } },
      '403': ref('Forbidden'),
      '421': ref('Misdirected'),
    },
  },
})

export const OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'Token Desk: token server',
    version: '1.0.0',
    summary: 'Live Docusign access tokens for programs on this computer.',
    description:
      'Listens on loopback addresses only, while a profile is switched on. Each profile has a bearer secret of its own. Web pages are refused.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [
    {
      url: 'http://127.0.0.1:{port}',
      description: 'This computer.',
      variables: { port: { default: '8000', description: 'As shown in Token Desk.' } },
    },
  ],
  security: [{ secret: [] }],
  paths: {
    ...original('/docusignAuthkey', 'getDocusignAuthkey'),
    ...original('/docusignAuthKey', 'getDocusignAuthKey'),
    '/v1/profiles': {
      get: {
        operationId: 'listProfiles',
        summary: 'The profiles that the secret opens: one.',
        responses: {
          '200': { description: 'Profiles, without secrets.', ...json('Profiles') },
          ...REFUSALS,
        },
      },
    },
    '/v1/profiles/{name}/token': {
      get: {
        operationId: 'getProfileToken',
        summary: 'A live token of the named profile.',
        parameters: [
          {
            name: 'name',
            in: 'path',
            required: true,
            description: 'The profile’s name, percent-encoded; in any case.',
            schema: { type: 'string' },
          },
        ],
        responses: TOKEN,
      },
    },
    '/healthz': open('getHealth', 'Whether the server runs.', 'It runs.', {
      type: 'object',
      required: ['status'],
      properties: { status: { const: 'ok' } },
    }),
    '/openapi.json': open('getOpenApi', 'This document.', 'This document.', { type: 'object' }),
  },
  components: {
    securitySchemes: {
      secret: { type: 'http', scheme: 'bearer', description: 'The profile’s secret, shown once in Token Desk.' },
    },
    responses: {
      Unreadable: { description: 'The request cannot be read, or has no Host.', ...json('Failure') },
      SecretWrong: { description: 'No secret, or not one of a profile that is switched on.', ...json('Failure') },
      Forbidden: {
        description: 'A web page asked, the secret opens another profile, or production is not switched on.',
        ...json('Failure'),
      },
      Misdirected: { description: 'The Host header is not this server’s name and port.', ...json('Failure') },
      TooManyCalls: {
        description: 'Too many failing calls.',
        headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
        ...json('Failure'),
      },
    },
    schemas: {
      Token: {
        type: 'object',
        required: ['success', 'message', 'token', 'expiresAt', 'environment', 'profile', 'basePath', 'accountId'],
        properties: {
          success: { const: true },
          message: { const: 'JWT Token obtained successfully' },
          token: { type: 'string', description: 'The access token.' },
          expiresAt: { type: 'integer', description: 'End of its life, milliseconds since the epoch.' },
          environment: { $ref: '#/components/schemas/Environment' },
          profile: { type: 'string' },
          basePath: { type: 'string', description: 'The REST base path of the account.' },
          accountId: { type: ['string', 'null'], description: 'The chosen account; `null` while it is not known.' },
        },
      },
      Failure: {
        type: 'object',
        required: ['success', 'error', 'code', 'hint'],
        properties: {
          success: { const: false },
          error: { type: 'string' },
          code: { type: 'string', description: 'Stable: for programs.' },
          hint: { type: 'string', description: 'What to do; with status 500 also what happened.' },
          environment: { $ref: '#/components/schemas/Environment' },
          profile: { type: 'string' },
        },
      },
      Profiles: {
        type: 'object',
        required: ['profiles'],
        properties: {
          profiles: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'environment', 'tokenPath'],
              properties: {
                name: { type: 'string' },
                environment: { $ref: '#/components/schemas/Environment' },
                tokenPath: { type: 'string', description: 'Where its token is.' },
              },
            },
          },
        },
      },
      Environment: { type: 'string', enum: ENVIRONMENT_IDS },
    },
  },
} as const
