import type { EnvironmentId } from '../../shared/environments.js'
import type { Settings } from '../../shared/settings.js'
import { deskError } from './desk-error.js'

export interface ProductionGuard {
  /**
   * To be called before a token leaves main, on the clipboard or into the window.
   * @param confirmed whether the user has just been asked, and agreed
   * @throws DeskError `confirmation_needed` when the user has to be asked first
   */
  check(environment: EnvironmentId, confirmed: boolean): void
  /**
   * To be called before a token goes to another program, which cannot be asked.
   * @throws DeskError `production_not_served` unless the user has switched that on
   */
  checkServed(environment: EnvironmentId): void
}

/** A production token is handed out only after the user said so: once in a session, or each time where they wish. */
export function createProductionGuard(settings: () => Settings): ProductionGuard {
  let confirmedOnce = false
  return {
    check(environment, confirmed) {
      if (environment !== 'production') return
      if (!confirmed && (!confirmedOnce || settings().confirmEachProductionCopy)) throw deskError('confirmation_needed')
      confirmedOnce = true
    },
    checkServed(environment) {
      if (environment === 'production' && !settings().serveProduction) throw deskError('production_not_served')
    },
  }
}
