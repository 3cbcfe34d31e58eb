import type { ErrorCode, Remedy } from '../../shared/result.js'
import { SERVING_ERRORS } from './serving-errors.js'

export interface ErrorEntry {
  readonly message: string
  readonly hint?: string
  readonly retryable?: boolean
  readonly remedy?: Remedy
}

/**
 * The catalogue: one entry for everything that can go wrong. Messages say what happened, hints what to do; neither
 * repeats anything that came from a server or a file.
 */
export const CATALOGUE: Readonly<Record<ErrorCode, ErrorEntry>> = {
  consent_required: {
    message: 'This user has not yet consented to this integration key and these scopes.',
    hint: 'Open the consent page, sign in as that user, allow access, then try again.',
    remedy: 'grant-consent',
  },
  issuer_not_found: {
    message: 'This environment does not know the integration key.',
    hint: 'An integration key made in demo works in production only after going live. Check the key and the environment.',
    remedy: 'edit-profile',
  },
  user_not_found: {
    message: 'This environment does not know the user, or the user is not active.',
    hint: 'Use the User ID (a GUID) from Apps and Keys: not the email, not the account id. It differs between demo and production.',
    remedy: 'edit-profile',
  },
  signature_rejected: {
    message: 'Docusign found no public key that matches the signature.',
    hint: 'Compare the public key shown here with Apps and Keys. The pair may belong to another integration key or environment, or may have been deleted.',
    remedy: 'load-key',
  },
  assertion_expired: {
    message: 'The signed request had already expired when Docusign read it.',
    hint: 'This computer’s clock is probably wrong. Set it to automatic and try again.',
    remedy: 'retry',
  },
  clock_skewed: {
    message: 'This computer’s clock is wrong, so Docusign refuses the signed request.',
    hint: 'Set the clock to automatic and try again.',
    remedy: 'retry',
  },
  scope_rejected: {
    message: 'Docusign does not accept one of the scopes.',
    hint: 'Check the spelling, and that the integration key may use these scopes.',
    remedy: 'edit-profile',
  },
  client_rejected: {
    message: 'Docusign does not accept this integration key for a JWT grant.',
    hint: 'Check the integration key in Apps and Keys.',
    remedy: 'edit-profile',
  },
  grant_rejected: {
    message: 'Docusign refused the token request.',
    hint: 'Check integration key, User ID, environment and key against Apps and Keys.',
    remedy: 'edit-profile',
  },
  request_malformed: {
    message: 'Docusign could not read the token request.',
    hint: 'This is a fault of Token Desk. Please report it with this code.',
  },
  rate_limited: {
    message: 'Docusign asks to wait before the next request.',
    hint: 'Reuse the present token while it lives instead of asking for a new one per call.',
    retryable: true,
    remedy: 'retry',
  },
  provider_unavailable: {
    message: 'The server failed three times in a row.',
    hint: 'Wait a little and try again; Docusign’s status page tells of outages.',
    retryable: true,
    remedy: 'retry',
  },
  not_docusign: {
    message: 'Something other than Docusign answered.',
    hint: 'A sign-in page of this network, a proxy or a firewall may be in the way. Open any web page, sign in there, try again.',
    retryable: true,
    remedy: 'retry',
  },
  token_unusable: {
    message: 'The answer held no usable token or no lifetime, so it was thrown away.',
    hint: 'Try again; if it persists, check the OAuth host.',
    retryable: true,
    remedy: 'retry',
  },
  consent_denied: {
    message: 'Access was declined on the consent page.',
    hint: 'Open the page again and allow access, signed in as this profile’s user.',
    remedy: 'grant-consent',
  },
  consent_failed: {
    message: 'The consent page came back with an error instead of consent.',
    hint: 'Open it again. Admin consent needs an administrator of the organization, and a claimed domain.',
    remedy: 'grant-consent',
  },
  token_missing: { message: 'There is no live token.', hint: 'Generate one first.' },
  token_refused: {
    message: 'Docusign does not accept this token.',
    hint: 'Generate a new one. If that is refused too, the user may have lost access.',
  },
  user_info_unusable: {
    message: 'The answer does not say whom the token acts for.',
    hint: 'Try again; if it persists, check the OAuth host.',
    retryable: true,
  },
  account_unknown: { message: 'The user has no such account.', hint: 'Refresh the accounts and choose again.' },
  offline: {
    message: 'This computer is offline.',
    hint: 'Connect to a network and try again.',
    retryable: true,
    remedy: 'retry',
  },
  dns_failed: {
    message: 'The OAuth host’s name could not be found.',
    hint: 'Check the network, the VPN, and the spelling of a custom host.',
    retryable: true,
    remedy: 'retry',
  },
  tls_failed: {
    message: 'The secure connection could not be trusted, so nothing was sent.',
    hint: 'A proxy that inspects traffic, or a wrong clock, is the usual cause. Its certificate must be trusted by this computer.',
    retryable: true,
    remedy: 'retry',
  },
  connection_refused: {
    message: 'Nothing answers at the OAuth host.',
    hint: 'Check the host and port, the proxy and the firewall.',
    retryable: true,
    remedy: 'retry',
  },
  connection_lost: {
    message: 'The connection broke before the answer was complete.',
    hint: 'Check the network and try again.',
    retryable: true,
    remedy: 'retry',
  },
  timeout: {
    message: 'No answer came within 15 seconds.',
    hint: 'Check the network or proxy and try again.',
    retryable: true,
    remedy: 'retry',
  },
  superseded: {
    message: 'The profile or its key changed while the request was under way; the answer was thrown away.',
    hint: 'Generate the token again.',
    retryable: true,
    remedy: 'retry',
  },
  key_missing: {
    message: 'This profile has no private key.',
    hint: 'Load the RSA private key that Apps and Keys showed when the pair was made.',
    remedy: 'load-key',
  },
  key_locked: {
    message: 'The stored key cannot be opened now.',
    hint: 'Unlock the system’s keyring and try again. The key was left untouched.',
    retryable: true,
    remedy: 'retry',
  },
  key_present: {
    message: 'This profile has this key already.',
    hint: 'Load another one, or store it anew where its record no longer opens.',
  },
  key_active: {
    message: 'This is the key that signs.',
    hint: 'Activate another key of this profile first.',
  },
  key_limit: {
    message: 'This profile has five keys, as many as Docusign takes.',
    hint: 'Retire one that is no longer used.',
  },
  key_other_environment: {
    message: 'The active key was loaded for another environment.',
    hint: 'Each environment has key pairs of its own. Load the private key that belongs to this one.',
    remedy: 'load-key',
  },
  key_empty: { message: 'There is no key in this text.', hint: 'Paste the whole private key, from BEGIN to END.' },
  key_is_public: {
    message: 'This is a public key. Signing needs the private one.',
    hint: 'Apps and Keys shows the private half once, when the pair is made. If it is lost, make a new pair.',
  },
  key_is_certificate: {
    message: 'This is a certificate. Signing needs the private key.',
    hint: 'Use the file that begins with BEGIN RSA PRIVATE KEY.',
  },
  key_is_openssh: {
    message: 'This key is in OpenSSH’s own format.',
    hint: 'Convert a copy of it: ssh-keygen -p -m PEM -f copy-of-key. Docusign’s pairs come as PEM.',
  },
  key_is_path: {
    message: 'This is the path of a file, not a key.',
    hint: 'Use “Load key file”, or paste what is in the file.',
  },
  key_not_rsa: {
    message: 'This is not an RSA key. Docusign signs with RSA (RS256) only.',
    hint: 'Make an RSA pair in Apps and Keys.',
  },
  key_too_small: {
    message: 'This RSA key is shorter than 2048 bits.',
    hint: 'Make a new pair in Apps and Keys: those have 2048 bits.',
  },
  key_truncated: {
    message: 'The end of this key is missing.',
    hint: 'Copy it again, from the BEGIN line to the END line.',
  },
  key_unreadable: {
    message: 'This text is not a private key that can be read.',
    hint: 'Paste the PEM text, from BEGIN RSA PRIVATE KEY to END RSA PRIVATE KEY.',
  },
  key_passphrase_wrong: {
    message: 'This passphrase does not open the key.',
    hint: 'If you are sure of it, the key’s encryption may be unsupported here. Convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in key -out new-key',
  },
  key_file_unreadable: {
    message: 'The file could not be read.',
    hint: 'Check that it exists and that you may read it.',
  },
  key_file_too_large: {
    message: 'This file is too large to be a key.',
    hint: 'A private key is a few kilobytes of text.',
  },
  key_not_staged: { message: 'The loaded key is no longer held.', hint: 'Load it again.' },
  passphrase_invalid: {
    message: 'This passphrase cannot be used.',
    hint: 'Take twelve characters or more. Without it the keys cannot be opened, and nobody can recover it.',
  },
  passphrase_wrong: {
    message: 'This passphrase does not open the keys.',
    hint: 'Try again. The keys were left untouched.',
  },
  profile_invalid: { message: 'The profile cannot be saved as it is.', hint: 'Mend the marked fields.' },
  profile_not_found: { message: 'This profile no longer exists.' },
  save_failed: {
    message: 'Nothing was saved: the disk refused.',
    hint: 'Free some space, or check that the data folder may be written, and try again.',
    retryable: true,
  },
  load_failed: {
    message: 'The data folder cannot be read, so nothing could be loaded. Nothing was changed.',
    hint: 'Check that its files belong to you and may be read, then start Token Desk again.',
  },
  import_unreadable: {
    message: 'This file cannot be read as a configuration.',
    hint: 'Nothing was changed. Choose a .env, a Docusign Quickstart configuration, a Postman environment or an export of Token Desk.',
  },
  import_too_large: {
    message: 'This is too much to be a configuration.',
    hint: 'Nothing was changed. A file may have 1 MB and 1,000 profiles; 20 files go at once.',
  },
  import_unknown: {
    message: 'No integration key was found in this file.',
    hint: 'Nothing was changed. Choose a .env, a Docusign Quickstart configuration, a Postman environment or an export of Token Desk.',
  },
  import_not_staged: { message: 'The import is no longer held.', hint: 'Choose the file again.' },
  export_failed: {
    message: 'The file could not be written.',
    hint: 'Choose another folder, or free some space.',
    retryable: true,
  },
  clipboard_failed: { message: 'The clipboard refused the text.', hint: 'Try again.', retryable: true },
  format_unsuitable: {
    message: 'This token holds characters that this format cannot carry safely.',
    hint: 'Copy it in another format.',
  },
  confirmation_needed: {
    message: 'This is a production token: it acts on real accounts.',
    hint: 'Confirm that you want it.',
  },
  browser_failed: { message: 'The browser could not be opened.', hint: 'Try again.', retryable: true },
  simulator_failed: { message: 'The simulator could not be started.', hint: 'Restart Token Desk.', retryable: true },
  bad_request: { message: 'The window asked for something that is not in the contract.' },
  forbidden: { message: 'This page may not ask for that.' },
  internal: { message: 'Token Desk made a mistake.', hint: 'Try again; if it persists, please report it.' },
  ...SERVING_ERRORS,
}
