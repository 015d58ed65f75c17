/** Messages to somebody and the browsers that woke for them, for themself; and how they go. */
import type { Keeper } from '../../../ground/privacy/index.ts'
import { copyOut, forget, forgetBrowsers } from './own.ts'

/** Whoever has no account opens no page that a browser could be woken for. */
export const keeper: Keeper = {
  ...{ copyOut, forget },
  ends: { browsers: forgetBrowsers, account: forgetBrowsers },
}
