import { urlOf } from '../../shell/call.ts'
import type { Page } from '../../shell/pages.ts'
import { LooksReviewPage } from './looks-review-page.tsx'

/** For reviewers; and for whoever answers for a body, what was found not right in it. */
export const looksReviewPages: readonly Page[] = [
  {
    path: '/desk/looks-review',
    front: 'desk',
    needs: () => [urlOf('/privacy/look-reviews/wrong')],
    title: (words) => words.tasks.titles.looksReview,
    show: LooksReviewPage,
  },
]
