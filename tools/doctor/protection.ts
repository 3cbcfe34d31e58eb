import type { Cipher } from '../../src/main/core/ports.js'
import type { Finding } from './finding.js'

/** Long enough for a keyring that answers; one that asks for its password is not waited for, milliseconds. */
const ANSWER_TIMEOUT_MS = 5000

/**
 * What protects keys on this computer, as far as it can be told from outside the app: Electron's safeStorage answers
 * only inside it. The probe is the app's own, and like the app's it makes the keyring's key where there is none yet.
 */
export async function checkProtection(keyring: Pick<Cipher, 'probe'>, timeoutMs = ANSWER_TIMEOUT_MS): Promise<Finding> {
  const inApp = 'Electron’s safeStorage can be asked inside the app only: its Keys page says what protects there.'
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), timeoutMs)
  })
  const answer = await Promise.race([keyring.probe(), late])
  clearTimeout(timer)
  if (answer !== 'late' && answer.protects) {
    return { id: 'keys', level: 'ok', message: `The system’s keyring protects keys (${answer.backend}). ${inApp}` }
  }
  const why = answer === 'late' ? `did not answer within ${timeoutMs / 1000} s` : 'protects nothing'
  return {
    id: 'keys',
    level: 'warn',
    message: `The system’s keyring ${why}: without another protection keys stay in memory. ${inApp}`,
    fix: 'Start or unlock the system’s key store (on Linux GNOME Keyring or KWallet), or set a passphrase in the app.',
  }
}
