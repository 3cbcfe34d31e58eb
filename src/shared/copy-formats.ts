/** What a token can be copied as. Never with a private key. */
export const COPY_FORMATS = {
  raw: 'Token',
  header: 'Authorization header',
  curl: 'curl',
  env: '.env',
  postman: 'Postman environment',
  json: 'JSON',
  csharp: 'C#',
  java: 'Java',
  python: 'Python',
  node: 'Node.js',
} as const

export type CopyFormat = keyof typeof COPY_FORMATS
export const COPY_FORMAT_IDS = Object.keys(COPY_FORMATS) as [CopyFormat, ...CopyFormat[]]

export const isCopyFormat = (value: unknown): value is CopyFormat =>
  typeof value === 'string' && Object.hasOwn(COPY_FORMATS, value)
