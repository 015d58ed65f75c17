import { urlOf } from '../../shell/call.ts'
import type { Page } from '../../shell/pages.ts'
import { looksReviewPages } from '../looks-review/pages.tsx'
import { CountsPage } from './counts-page.tsx'
import { ExportPage } from './export-page.tsx'
import { FindPage } from './find-page.tsx'
import { registerPaths } from './frame.tsx'
import { ImportPage } from './import-page.tsx'
import { KeeperPage } from './keeper-page.tsx'
import { ProofsPage } from './proofs-page.tsx'
import { PurposesPage } from './purposes-page.tsx'
import { ReporterPage } from './reporter-page.tsx'
import { ReviewsPage } from './reviews-page.tsx'

/** The register of people and homes. What is looked for stands in no address. */
export const registerPages: readonly Page[] = [
  {
    path: registerPaths.find,
    front: 'desk',
    needs: () => [],
    title: (words) => words.ui.register,
    show: FindPage,
  },
  {
    path: registerPaths.import,
    front: 'desk',
    needs: () => [urlOf('/people/imports')],
    title: (words) => words.ui.register,
    show: ImportPage,
  },
  {
    path: registerPaths.export,
    front: 'desk',
    needs: () => [urlOf('/people/exports')],
    title: (words) => words.ui.register,
    show: ExportPage,
  },
  {
    path: registerPaths.proofs,
    front: 'desk',
    needs: () => [urlOf('/identity/claims')],
    title: (words) => words.ui.register,
    show: ProofsPage,
  },
  {
    path: registerPaths.reviews,
    front: 'desk',
    needs: () => [urlOf('/privacy/requests/approvals')],
    title: (words) => words.ui.register,
    show: ReviewsPage,
  },
  {
    path: registerPaths.counts,
    front: 'desk',
    needs: () => [urlOf('/people/counts')],
    title: (words) => words.ui.register,
    show: CountsPage,
  },
  {
    path: registerPaths.keeper,
    front: 'desk',
    needs: () => [urlOf('/duties/posts/keeper')],
    title: (words) => words.ui.register,
    show: KeeperPage,
  },
  {
    path: registerPaths.purposes,
    front: 'desk',
    needs: () => [urlOf('/privacy/purposes')],
    title: (words) => words.ui.register,
    show: PurposesPage,
  },
  {
    path: '/desk/register/reporter/:task',
    front: 'desk',
    needs: ({ task }) => [urlOf('/overview/matter', { task })],
    title: (words) => words.ui.register,
    show: ReporterPage,
  },
  ...looksReviewPages,
]
