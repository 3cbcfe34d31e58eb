import { isRestBasePath } from '../../../shared/environments.js'
import { blankProfile, defaultScopes, isGuid } from '../../../shared/profile-rules.js'
import { isScopeToken, parseScopes } from '../../../shared/scopes.js'
import type { Candidate } from './candidate.js'
import { environmentOf, environmentOfOauthHost, hostOf } from './environment-of.js'
import { type KnownField, knownName } from './known-names.js'
import { flatten, type Section } from './settings.js'

interface Known {
  readonly field: KnownField
  readonly jwt: boolean
  readonly value: string
}

/**
 * The profiles in a file's settings: each section with an integration key and a user of its own is one, completed from
 * the sections around it. Where none has both, the file as a whole is one.
 */
export function toCandidates(root: Section, fallbackName: string): Candidate[] {
  const own = sectionsWithBoth(root, [])
  if (own.length === 0) {
    const known = knownOf(flatten(root))
    return known.some(({ field }) => field === 'integrationKey')
      ? [candidateOf([known], root.label || fallbackName)]
      : []
  }
  return own.map(({ label, levels }) => candidateOf(levels, (own.length > 1 && label) || root.label || fallbackName))
}

function sectionsWithBoth(
  section: Section,
  around: readonly Known[][],
): { label: string; levels: readonly Known[][] }[] {
  const known = knownOf(section)
  const levels = [known, ...around]
  const has = (wanted: KnownField) => known.some(({ field }) => field === wanted)
  const self = has('integrationKey') && has('userId') ? [{ label: section.label, levels }] : []
  return [...self, ...section.sections.flatMap((inner) => sectionsWithBoth(inner, levels))]
}

function knownOf({ label, settings }: Section): Known[] {
  return settings.flatMap(([name, raw]) => {
    // `acg` and `jwt` may stand in the section's name alone.
    const known = knownName(label === '' ? name : `${label}.${name}`)
    const value = raw.trim()
    return known && value !== '' && !isPlaceholder(value) ? [{ ...known, value }] : []
  })
}

/** `{INTEGRATION_KEY}`, `{{integrationKey}}`, `<your key>`, `YOUR_KEY`: what a starter's example file holds. */
function isPlaceholder(value: string): boolean {
  return /^\{+[^{}]*\}+$|^<[^<>]*>$|^(your|xxx)[\w -]*$/i.test(value) && !isGuid(value.replace(/[{}]/g, ''))
}

function candidateOf(levels: readonly Known[][], name: string): Candidate {
  const notes: string[] = []
  /** All values at the nearest level that has one; those of the JWT grant alone where some say so. */
  const valuesOf = (wanted: KnownField): string[] => {
    const near =
      levels.map((level) => level.filter(({ field }) => field === wanted)).find((found) => found.length > 0) ?? []
    const jwt = near.filter((known) => known.jwt)
    return [...new Set((jwt.length > 0 ? jwt : near).map(({ value }) => value))]
  }
  const guidOf = (wanted: 'integrationKey' | 'userId', words: string): string => {
    const [first = '', ...others] = [...new Set(valuesOf(wanted).map(bareGuid))]
    if (others.length === 0) return first
    notes.push(`The file names more than one ${words}: enter the right one.`)
    return ''
  }
  const all = (wanted: KnownField) => levels.flat().filter(({ field }) => field === wanted)
  const hosts = (wanted: 'oauthHost' | 'basePath') =>
    all(wanted)
      .map(({ value }) => hostOf(value))
      .filter(Boolean)
  // A starter's “base URL” may be the OAuth host: Docusign's own Java one is.
  const isOauth = (host: string) => environmentOfOauthHost(host) !== null
  const oauthHosts = [...new Set([...hosts('oauthHost'), ...hosts('basePath').filter(isOauth)])]
  const restHosts = hosts('basePath').filter((host) => !isOauth(host))
  const environment = environmentOf(oauthHosts, restHosts)
  if (environment === 'several') notes.push('The file names both demo and production.')
  const keyTexts = valuesOf('keyText')
  const inline = keyTexts.find((value) => !looksLikePath(value))
  const keyFile = valuesOf('keyFile')[0] ?? keyTexts.find(looksLikePath)
  return {
    fields: {
      ...blankProfile(),
      name: name.slice(0, 80),
      integrationKey: guidOf('integrationKey', 'integration key'),
      userId: guidOf('userId', 'User ID'),
      scopes: scopesOf(valuesOf('scopes').join(' ')),
      redirectUri: valuesOf('redirectUri').find((value) => /^https?:\/\//i.test(value) && URL.canParse(value)) ?? '',
      oauthHost: oauthHosts[0] ?? '',
      restBasePath:
        all('basePath')
          .map(({ value }) => value)
          .find((value) => isRestBasePath(value) && !isOauth(hostOf(value))) ?? '',
    },
    environment: environment === 'several' ? null : environment,
    hasSeveralHosts: environment === 'several',
    keyText: inline ?? null,
    keyFileName: keyFile === undefined ? null : baseName(keyFile),
    sealedKey: null,
    notes,
  }
}

const bareGuid = (text: string): string => {
  const bare = text.replace(/^[{("']+|[})"']+$/g, '')
  return isGuid(bare) ? bare.toLowerCase() : text.slice(0, 200)
}

/** A user's token needs `impersonation`, which not every starter writes down. */
function scopesOf(text: string): string[] {
  const named = parseScopes(text.replaceAll(',', ' ')).filter(isScopeToken).slice(0, 100)
  return named.length === 0 ? defaultScopes('user') : [...new Set([...named, 'impersonation'])]
}

function looksLikePath(value: string): boolean {
  return value.length < 260 && !value.includes('-----') && /[/\\]|\.\w{1,5}$/.test(value) && !value.includes('\n')
}

/** The last part of a path of any system; `null` for one that has none. */
function baseName(path: string): string | null {
  const last = path.trim().split(/[/\\]/).at(-1) ?? ''
  return last === '' || last === '.' || last === '..' || last.length > 255 || last.includes('\0') ? null : last
}
