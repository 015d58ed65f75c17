import { urlOf } from '../shell/call.ts'
import type { Page } from '../shell/pages.ts'
import { CarePage } from './care-page.tsx'
import { ConsentsPage } from './consents-page.tsx'
import { ActingPage } from './acting-page.tsx'
import { HomePage } from './home-page.tsx'
import { LooksPage } from './looks-page.tsx'
import { MyDataPage } from './my-data-page.tsx'
import { MyHomePage } from './my-home-page.tsx'
import { ReportPage } from './report-page.tsx'
import { VisitorsPage } from './visitors-page.tsx'

/** The resident's front door. */
export const residentPages: readonly Page[] = [
  {
    path: '/home',
    front: 'resident',
    forAccounts: true,
    needs: () => [
      urlOf('/care/mine'),
      urlOf('/duties/call'),
      urlOf('/identity/home'),
      urlOf('/identity/home/asked'),
    ],
    title: (words) => words.identity.titles.home,
    show: HomePage,
  },
  {
    path: '/visitors',
    front: 'resident',
    needs: () => [urlOf('/identity/passes'), urlOf('/duties/call')],
    title: (words) => words.identity.titles.visitors,
    show: VisitorsPage,
  },
  {
    path: '/report',
    front: 'resident',
    forOwners: true,
    needs: () => [urlOf('/tasks/my-reports'), urlOf('/duties/call')],
    title: (words) => words.identity.titles.report,
    show: ReportPage,
  },
  {
    path: '/helpers',
    front: 'resident',
    forAccounts: true,
    needs: () => [urlOf('/identity/grants'), urlOf('/duties/call')],
    title: (words) => words.identity.titles.helpers,
    show: ActingPage,
  },
  {
    path: '/my-home',
    front: 'resident',
    forAccounts: true,
    needs: () => [
      urlOf('/people/my-home'),
      urlOf('/identity/home'),
      urlOf('/identity/home/asked'),
      urlOf('/people/rights'),
      urlOf('/duties/call'),
    ],
    title: (words) => words.identity.titles.myHome,
    show: MyHomePage,
  },
  {
    path: '/care',
    front: 'resident',
    needs: () => [urlOf('/care/mine'), urlOf('/duties/call')],
    title: (words) => words.care.title,
    show: CarePage,
  },
  {
    path: '/my-data',
    front: 'resident',
    forAccounts: true,
    forOwners: true,
    forStaff: true,
    needs: () => [urlOf('/privacy/my-data'), urlOf('/duties/call')],
    title: (words) => words.identity.titles.myData,
    show: MyDataPage,
  },
  {
    path: '/consents',
    front: 'resident',
    needs: () => [urlOf('/privacy/consents'), urlOf('/duties/call')],
    title: (words) => words.privacy.consents,
    show: ConsentsPage,
  },
  {
    path: '/care/looks',
    front: 'resident',
    forOwners: true,
    forStaff: true,
    needs: () => [
      urlOf('/privacy/looks'),
      urlOf('/privacy/questions/counts'),
      urlOf('/duties/call'),
    ],
    title: (words) => words.privacy.title,
    show: LooksPage,
  },
]
