import type { Page } from '../shell/pages.ts'
import { urlOf } from '../shell/call.ts'
import { ClosedPage } from './closed-page.tsx'
import { ColleaguesPage } from './colleagues-page.tsx'
import { MePage } from './me-page.tsx'
import { OfflinePage } from './offline-page.tsx'
import { OutboxPage } from './outbox-page.tsx'
import { QuestionsPage } from './questions-page.tsx'
import { RosterPage } from './roster-page.tsx'
import { RosterPaper } from './roster-paper.tsx'
import { SearchPage } from './search-page.tsx'
import { ShiftPage } from './shift-page.tsx'
import { TagsPage } from './tags-page.tsx'
import { WorkPage } from './work-page.tsx'

/** The worker's front door; the device pages are in `devices`. */
export const workPages: readonly Page[] = [
  {
    path: '/desk',
    front: 'desk',
    needs: () => [urlOf('/tasks/mine')],
    title: (words) => words.tasks.inboxTitle,
    show: WorkPage,
  },
  {
    path: '/desk/tasks/:task',
    front: 'desk',
    // not the list: it is a look at every home in it, and a phone does not show it here
    needs: ({ task }) => [urlOf('/tasks/one', { task })],
    title: (words) => words.tasks.openTask,
    show: WorkPage,
  },
  {
    path: '/desk/colleagues',
    front: 'desk',
    needs: () => [urlOf('/tasks/colleagues')],
    title: (words) => words.tasks.titles.colleagues,
    show: ColleaguesPage,
  },
  {
    path: '/desk/closed',
    front: 'desk',
    needs: () => [urlOf('/tasks/closed')],
    title: (words) => words.tasks.titles.closed,
    show: ClosedPage,
  },
  {
    path: '/desk/search',
    front: 'desk',
    needs: () => [],
    title: (words) => words.tasks.titles.find,
    show: SearchPage,
  },
  {
    path: '/desk/shift',
    front: 'desk',
    needs: () => [urlOf('/duties/my-shift')],
    title: (words) => words.tasks.titles.shift,
    show: ShiftPage,
  },
  {
    path: '/desk/roster',
    front: 'desk',
    needs: () => [urlOf('/duties/roster')],
    title: (words) => words.tasks.titles.roster,
    show: RosterPage,
  },
  {
    path: '/desk/roster/paper/:body/:day',
    front: 'desk',
    needs: ({ body, day }) => [urlOf('/duties/roster/paper', { body, day })],
    title: (words) => words.tasks.titles.roster,
    show: RosterPaper,
  },
  {
    path: '/desk/tags/:place',
    front: 'desk',
    needs: ({ place }) => [urlOf('/places/stairs', { place })],
    title: (words) => words.tasks.titles.tags,
    show: TagsPage,
  },
  {
    path: '/desk/offline',
    front: 'desk',
    needs: () => [],
    title: (words) => words.tasks.titles.offline,
    show: OfflinePage,
    isShell: true,
  },
  {
    path: '/desk/me',
    front: 'desk',
    needs: () => [urlOf('/delivery/push')],
    title: (words) => words.identity.meTitle,
    show: MePage,
  },
  {
    path: '/desk/questions',
    front: 'desk',
    needs: () => [urlOf('/privacy/questions')],
    title: (words) => words.tasks.titles.questions,
    show: QuestionsPage,
  },
  {
    path: '/desk/outbox',
    front: 'desk',
    needs: () => [urlOf('/delivery/outbox')],
    title: (words) => words.delivery.outboxTitle,
    show: OutboxPage,
  },
]
