import type { Page } from '../shell/pages.ts'
import { authoritiesPage } from './authorities-page.tsx'
import { beginPages } from './begin-page.tsx'
import { goodbyePage } from './goodbye-page.tsx'
import { invitePage } from './invite-page.tsx'
import { keysPage } from './keys-page.tsx'
import { numbersPages } from './numbers-page.tsx'
import { signInPages } from './sign-in-page.tsx'
import { stepUpPages } from './step-up-page.tsx'

/** The pages by which one comes in: drawn on the server, and left as they are. */
export const entryPages: readonly Page[] = [
  ...signInPages,
  ...[keysPage, invitePage, authoritiesPage, goodbyePage],
  ...numbersPages,
  ...stepUpPages,
  ...beginPages,
]
