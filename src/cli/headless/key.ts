import { basename } from 'node:path'
import { deskError } from '../../main/core/desk-error.js'
import { USUAL_KEY_NAMES } from '../../main/core/import/find-key.js'
import { type ParsedKey, readPrivateKey } from '../../main/core/private-key.js'
import { EXIT } from '../exit-codes.js'
import { Failure } from '../failure.js'
import { variablesOf } from '../key-variables.js'
import type { ProfileSource } from './profile-source.js'
import { readKey, readKeyBeside } from './read-file.js'

/**
 * The key: from a variable, from a file that a variable or `--from-file` names, from the configuration, or from beside
 * it; in this order.
 * @throws Failure, DeskError `key_*`
 */
export function headlessKey(source: ProfileSource, env: NodeJS.ProcessEnv): ParsedKey {
  const passphrase = env.DOCUSIGN_PRIVATE_KEY_PASSPHRASE || undefined
  const found = find(source, env)
  try {
    const key = readPrivateKey(found, passphrase)
    if (key.kind === 'ready') return key
  } finally {
    if (typeof found !== 'string') found.fill(0)
  }
  throw new Failure(EXIT.usage, 'The private key is encrypted.', 'Set DOCUSIGN_PRIVATE_KEY_PASSPHRASE.')
}

function find(source: ProfileSource, env: NodeJS.ProcessEnv): string | Buffer {
  const set = (name: string) => Boolean(env[name]?.trim())
  const texts = variablesOf(env, 'keyText').filter(set)
  const files = variablesOf(env, 'keyFile').filter(set)
  const [only, another] = [...texts, ...files]
  if (only && another) {
    throw new Failure(EXIT.usage, `Both ${only} and ${another} are set.`, 'Leave one of them.')
  }
  if (only) return texts.includes(only) ? (env[only] ?? '') : keyFile(only, env[only]?.trim() ?? '')
  const given = givenFile(source)
  if (given) return given
  const { candidate, path } = source
  if (candidate.keyText !== null) return candidate.keyText
  if (candidate.sealedKey !== null) {
    throw new Failure(
      EXIT.usage,
      'The key in this export is sealed with a passphrase, for the import in the app.',
      'Give the key itself: DOCUSIGN_PRIVATE_KEY, or its file with --from-file.',
    )
  }
  for (const name of path === null ? [] : candidate.keyFileName === null ? USUAL_KEY_NAMES : [candidate.keyFileName]) {
    const beside = readKeyBeside(path ?? '', name)
    if (beside) return beside
  }
  throw deskError('key_missing', {
    message:
      candidate.keyFileName === null ? 'There is no private key.' : 'The key file that it names is not beside it.',
    hint: 'Set DOCUSIGN_PRIVATE_KEY or DOCUSIGN_PRIVATE_KEY_FILE.',
  })
}

function keyFile(variable: string, value: string): Buffer {
  if (!holdsKey(value)) return readKey(value, variable)
  throw new Failure(
    EXIT.usage,
    `${variable} holds a private key, not the path of its file.`,
    'Set DOCUSIGN_PRIVATE_KEY to the key instead.',
  )
}

/** In whatever shape a key variable may have it. */
function holdsKey(value: string): boolean {
  if (value.includes('-----BEGIN')) return true
  try {
    readPrivateKey(value)
    return true
  } catch {
    return false
  }
}

/** The one key file that was given, or of several the one that the configuration names. */
function givenFile({ keyFiles, candidate }: ProfileSource): Buffer | null {
  const [only, another] = keyFiles
  if (only && !another) return only.bytes
  return keyFiles.find(({ path }) => basename(path) === candidate.keyFileName)?.bytes ?? null
}
