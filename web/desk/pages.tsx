import type { Page } from '../shell/pages.ts'
import { urlOf } from '../shell/call.ts'
import { MePage } from './me-page.tsx'
import { OutboxPage } from './outbox-page.tsx'
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
    path: '/desk/me',
    front: 'desk',
    needs: () => [urlOf('/delivery/push')],
    title: (words) => words.identity.meTitle,
    show: MePage,
  },
  {
    path: '/desk/outbox',
    front: 'desk',
    needs: () => [urlOf('/delivery/outbox')],
    title: (words) => words.delivery.outboxTitle,
    show: OutboxPage,
  },
]
