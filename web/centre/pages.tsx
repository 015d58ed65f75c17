import { urlOf } from '../shell/call.ts'
import type { Page, Params } from '../shell/pages.ts'
import { CentrePage } from './centre-page.tsx'
import { inputOf, isList } from './lists.ts'
import { ListPage } from './list-page.tsx'
import { MonthPage } from './month-page.tsx'
import { monthAt } from './months.ts'
import { WallPage } from './wall-page.tsx'

const street = urlOf('/overview/street')
const pulse = urlOf('/overview/pulse')

/** The third front door: the street's duty seat. */
export const centrePages: readonly Page[] = [
  {
    path: '/centre',
    front: 'centre',
    needs: () => [street, pulse],
    title: (words) => words.ui.centre,
    show: CentrePage,
  },
  {
    path: '/centre/matters/:task',
    front: 'centre',
    needs: ({ task }) => [street, pulse, urlOf('/overview/matter', { task })],
    title: (words) => words.ui.centre,
    show: CentrePage,
  },
  {
    path: '/centre/wall',
    front: 'centre',
    needs: () => [street, pulse],
    title: (words) => words.ui.centreWall,
    show: WallPage,
  },
  ...['/centre/month', '/centre/month/:month', '/centre/month/:month/:committee'].map(
    (path): Page => ({
      path,
      front: 'centre',
      needs: ({ month, committee }, now) => [
        urlOf('/overview/month', { month: month ?? monthAt(now), committee }),
      ],
      title: (words) => words.ui.centreMonth,
      show: MonthPage,
    }),
  ),
  ...[
    '/centre/list/:what',
    '/centre/list/committee/:committee',
    '/centre/list/opened/:month/:kind/:rule',
    '/centre/list/opened/:month/:kind/:rule/:committee',
    '/centre/list/opened/:month/:committee',
  ].map((path): Page => ({
    path,
    front: 'centre',
    needs: (params, now) => needsOf(params, now),
    title: (words) => words.ui.centreList,
    show: ListPage,
  })),
]

function needsOf(params: Params, now: number): string[] {
  const what = isList(params) ? [urlOf('/overview/matters', inputOf(params, now))] : []
  return [street, ...what]
}
