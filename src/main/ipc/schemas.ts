import { z } from 'zod'
import { ACCOUNT_FIELDS } from '../../shared/account.js'
import type { CallInput, CallName } from '../../shared/contract.js'
import { COPY_FORMAT_IDS } from '../../shared/copy-formats.js'
import { ENVIRONMENT_IDS } from '../../shared/environments.js'
import { IMPORT_LIMITS } from '../../shared/import-views.js'
import { SERVER_COPIES } from '../../shared/serving.js'
import { CLIPBOARD_CLEAR_S, COPY_SHORTCUTS, SERVER_IDLE_STOP_MIN, SERVER_PORT } from '../../shared/settings.js'
import { SCENARIOS } from '../../shared/views.js'

/** One schema per call: its shape and its limits. Whether a profile makes sense is for `profiles` to say. */

const id = z.string().min(1).max(64)
const text = z.string().max(2048)
const profile = z.strictObject({
  id: id.optional(),
  name: text,
  environment: z.enum(ENVIRONMENT_IDS),
  integrationKey: text,
  userId: text,
  grant: z.enum(['user', 'application']),
  scopes: z.array(z.string().max(256)).max(100),
  assertionLifetimeS: z.number(),
  autoRenew: z.boolean(),
  redirectUri: text,
  oauthHost: text,
  restBasePath: text,
  stagedKeyId: id.optional(),
})
const profileOnly = z.strictObject({ profileId: id })
const handOut = z.strictObject({ profileId: id, confirmed: z.boolean() })
const keyOfProfile = z.strictObject({ profileId: id, keyId: id })
const stagedOnly = z.strictObject({ stagedKeyId: id })
const passphrase = z.string().max(1024)
const passphraseOnly = z.strictObject({ passphrase })
const nothing = z.undefined()
const within = ({ least, most }: { least: number; most: number }) => z.int().min(least).max(most)

/** Above what `readPrivateKey` accepts, so that a large text or file gets that clearer answer. */
const MAX_KEY_INPUT = 1024 * 1024
const bytesUpTo = (most: number) => z.instanceof(Uint8Array).refine(({ length }) => length <= most)
const bytes = bytesUpTo(MAX_KEY_INPUT)

/** Twice what is read, so that a file that is too large gets that answer. */
const importFile = z.strictObject({ name: z.string().max(1024), bytes: bytesUpTo(2 * IMPORT_LIMITS.fileBytes) })
const importChoice = z.strictObject({
  index: z
    .int()
    .min(0)
    .max(IMPORT_LIMITS.profiles - 1),
  name: text,
  environment: z.enum(ENVIRONMENT_IDS),
  integrationKey: text,
  userId: text,
})

export const SCHEMAS: { readonly [N in CallName]: z.ZodType<CallInput<N>> } = {
  'app:info': nothing,
  'app:dismissNotice': z.strictObject({ id }),
  'profiles:list': nothing,
  'profiles:save': profile,
  'profiles:remove': profileOnly,
  'profiles:select': profileOnly,
  'keys:loadFile': nothing,
  'keys:stage': z.strictObject({ source: z.union([z.string().max(MAX_KEY_INPUT), bytes]) }),
  'keys:unlockStaged': z.strictObject({ stagedKeyId: id, passphrase }),
  'keys:discardStaged': stagedOnly,
  'keys:add': z.strictObject({ profileId: id, stagedKeyId: id, replace: z.boolean() }),
  'keys:verify': keyOfProfile,
  'keys:activate': keyOfProfile,
  'keys:retire': keyOfProfile,
  'keys:check': profileOnly,
  'keys:copyPublic': keyOfProfile,
  'tokens:get': z.strictObject({ profileId: id, fresh: z.boolean() }),
  'tokens:status': profileOnly,
  'tokens:copy': handOut.extend({ format: z.enum(COPY_FORMAT_IDS) }),
  'tokens:savePostman': handOut,
  'tokens:inspect': profileOnly,
  'tokens:reveal': handOut,
  'tokens:try': profileOnly,
  'account:get': z.strictObject({ profileId: id, refresh: z.boolean() }),
  'account:choose': z.strictObject({ profileId: id, accountId: id }),
  'account:copy': z.strictObject({ profileId: id, field: z.enum(ACCOUNT_FIELDS) }),
  'consent:open': z.strictObject({ profileId: id, admin: z.boolean() }),
  'consent:status': profileOnly,
  'consent:stop': profileOnly,
  'vault:setPassphrase': passphraseOnly,
  'vault:unlock': passphraseOnly,
  'activity:list': nothing,
  'activity:clear': nothing,
  'activity:export': z.strictObject({ format: z.enum(['csv', 'json']) }),
  'simulator:setScenario': z.strictObject({ scenario: z.enum(SCENARIOS) }),
  'settings:save': z.strictObject({
    clipboardClearAfterS: within(CLIPBOARD_CLEAR_S).nullable(),
    confirmEachProductionCopy: z.boolean(),
    copyShortcut: z.enum(COPY_SHORTCUTS).nullable(),
    keepInTray: z.boolean(),
    startAtLogin: z.boolean(),
    serveProduction: z.boolean(),
    serverPort: within(SERVER_PORT),
    serverIdleStopMin: within(SERVER_IDLE_STOP_MIN),
  }),
  'server:status': nothing,
  'server:newSecret': profileOnly,
  'server:setServed': z.strictObject({ profileId: id, served: z.boolean() }),
  'server:start': z.strictObject({ port: within(SERVER_PORT).nullable() }),
  'server:stop': nothing,
  'server:copy': z.strictObject({ profileId: id, what: z.enum(SERVER_COPIES) }),
  'server:forgetSecret': profileOnly,
  'import:chooseFiles': nothing,
  'import:stage': z.strictObject({ files: z.array(importFile).min(1).max(IMPORT_LIMITS.files) }),
  'import:unlock': z.strictObject({ stagedImportId: id, passphrase }),
  'import:apply': z.strictObject({
    stagedImportId: id,
    choices: z.array(importChoice).min(1).max(IMPORT_LIMITS.profiles),
  }),
  'import:discard': z.strictObject({ stagedImportId: id }),
  'export:profiles': z.strictObject({
    profileIds: z.array(id).min(1).max(IMPORT_LIMITS.profiles),
    passphrase: passphrase.nullable(),
  }),
}
