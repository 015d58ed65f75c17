import { urlOf } from '../../shell/call.ts'
import type { Page } from '../../shell/pages.ts'
import { HistoryPage } from './history-page.tsx'
import { ListPage } from './list-page.tsx'
import { NewPage } from './new-page.tsx'
import { WorkshopPage } from './workshop-page.tsx'

/** The rules of a street: all of them, one as a sentence that is changed and tried, its history. */
export const scenarioPages: readonly Page[] = [
  {
    path: '/desk/scenarios',
    front: 'desk',
    needs: () => [urlOf('/scenarios/rules')],
    title: (words) => words.ui.rules,
    show: ListPage,
  },
  {
    // before the next one; no rule may be called so
    path: '/desk/scenarios/new',
    front: 'desk',
    needs: () => [urlOf('/scenarios/rules')],
    title: (words) => words.ui.rules,
    show: NewPage,
  },
  {
    path: '/desk/scenarios/:rule',
    front: 'desk',
    needs: ({ rule }) => [urlOf('/scenarios/rule', { rule })],
    title: (words) => words.ui.rules,
    show: WorkshopPage,
  },
  {
    path: '/desk/scenarios/:rule/history',
    front: 'desk',
    needs: ({ rule }) => [urlOf('/scenarios/rule', { rule })],
    title: (words) => words.ui.rules,
    show: HistoryPage,
  },
]
