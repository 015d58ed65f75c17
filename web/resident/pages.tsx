import { urlOf } from '../shell/call.ts'
import type { Page } from '../shell/pages.ts'
import { CarePage } from './care-page.tsx'
import { LooksPage } from './looks-page.tsx'

/** The resident's front door. */
export const residentPages: readonly Page[] = [
  {
    path: '/care',
    front: 'resident',
    needs: () => [urlOf('/care/mine'), urlOf('/duties/call')],
    title: (words) => words.care.title,
    show: CarePage,
  },
  {
    path: '/care/looks',
    front: 'resident',
    needs: () => [urlOf('/privacy/looks'), urlOf('/duties/call')],
    title: (words) => words.privacy.title,
    show: LooksPage,
  },
]
