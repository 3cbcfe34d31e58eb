import { type KnownField, knownName } from '../main/core/import/known-names.js'

const OURS = /^(DOCUSIGN|DS)_/i

/** Whether a variable is one of those that Docusign's starters, and we, read. */
export const isOurs = (name: string): boolean => OURS.test(name)

/** Variables of these fields, in whatever spelling. */
export function variablesOf(env: NodeJS.ProcessEnv, ...fields: KnownField[]): string[] {
  return Object.keys(env).filter((name) => {
    const known = isOurs(name) ? knownName(name) : null
    return known !== null && fields.includes(known.field)
  })
}

/** Variables that hold the key, say where it lies, or open it: those that are read here, and other people's names for it. */
export function keyVariables(env: NodeJS.ProcessEnv): string[] {
  const read = variablesOf(env, 'keyText', 'keyFile')
  const alike = Object.keys(env).filter((name) => isOurs(name) && /(PRIVATE|RSA|JWT)_?KEY|PASSPHRASE/i.test(name))
  return [...new Set([...read, ...alike])]
}
