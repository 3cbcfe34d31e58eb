/** Scope presets from Docusign's documentation. The list stays open: a profile accepts any scope. */
export interface ScopePreset {
  readonly id: string
  readonly label: string
  readonly scopes: readonly string[]
}

export const SCOPE_PRESETS: readonly ScopePreset[] = [
  { id: 'esign', label: 'eSignature', scopes: ['signature'] },
  { id: 'click', label: 'Click', scopes: ['click.manage', 'click.send'] },
  {
    id: 'webforms',
    label: 'Web Forms',
    scopes: ['webforms_read', 'webforms_instance_read', 'webforms_instance_write'],
  },
  { id: 'maestro', label: 'Workflow', scopes: ['aow_manage'] },
  {
    id: 'navigator',
    label: 'Navigator',
    scopes: [
      'adm_store_unified_repo_read',
      'adm_store_unified_repo_write',
      'document_uploader_read',
      'document_uploader_write',
    ],
  },
  {
    id: 'rooms',
    label: 'Rooms',
    scopes: [
      'dtr.rooms.read',
      'dtr.rooms.write',
      'dtr.documents.read',
      'dtr.documents.write',
      'dtr.profile.read',
      'dtr.profile.write',
      'dtr.company.read',
      'dtr.company.write',
      'room_forms',
    ],
  },
  { id: 'notary', label: 'Notary', scopes: ['notary_read', 'notary_write'] },
  {
    id: 'admin',
    label: 'Admin',
    scopes: [
      'organization_read',
      'group_read',
      'permission_read',
      'user_read',
      'user_write',
      'account_read',
      'account_write',
      'domain_read',
      'identity_provider_read',
      'user_data_redact',
    ],
  },
]

/** What a user grant needs for the eSignature API: the token acts as the user, hence `impersonation`. */
export const DEFAULT_USER_SCOPES: readonly string[] = ['signature', 'impersonation']

/** Splits on white space, drops repeats, keeps the order typed. */
export function parseScopes(text: string): string[] {
  return [...new Set(text.split(/\s+/).filter(Boolean))]
}

/** RFC 6749 section 3.3: scope-token = 1*( %x21 / %x23-5B / %x5D-7E ). */
export function isScopeToken(text: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(text)
}
