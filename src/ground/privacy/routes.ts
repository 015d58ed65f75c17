import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import type { Doorway } from '../../platform/http.ts'
import { openAuthorityRoutes, type WhomItTells } from './authority/index.ts'
import { openAskingRoutes, type PostsHeld } from './asking/index.ts'
import { openChainRoutes } from './chain/index.ts'
import { openConsentRoutes, type EndsAgreement } from './consents/index.ts'
import { openNumberRoutes, type Counted } from './numbers/index.ts'
import { openPurposeRoutes, type SeenBy, type StopsPurpose } from './purposes/index.ts'
import { openOwnDataRoutes, type Keeper, type PagesOf, type PersonOf } from './own-data/index.ts'
import { openReadingRoutes, type NameOf, type TaskEnds } from './reading/index.ts'
import { openReporterRoutes, type IsKeeper } from './reporters/index.ts'
import { openRequestRoutes, type InCharge, type WhoIs } from './requests/index.ts'
import { openReviewRoutes, type ReviewDuties } from './reviewing/index.ts'

export function openRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  known: {
    isInCharge: InCharge
    whoIs: WhoIs
    whomItTells: WhomItTells
    isKeeper: IsKeeper
    reviewing: ReviewDuties
    counted: Counted
    ends: EndsAgreement
    stops: StopsPurpose
    seenBy: SeenBy
    postsHeld: PostsHeld
    nameOf: NameOf
    taskEnds: TaskEnds
    keepers: readonly Keeper[]
    personOf: PersonOf
    pagesOf: PagesOf
  },
): void {
  openReadingRoutes(app, doorway, given, known)
  openChainRoutes(app, doorway, given)
  openAskingRoutes(app, doorway, given, known.postsHeld)
  openConsentRoutes(app, doorway, given, known)
  openPurposeRoutes(app, doorway, given, known)
  openRequestRoutes(app, doorway, given, known)
  openOwnDataRoutes(app, doorway, given, known)
  openAuthorityRoutes(app, doorway, given, known.whomItTells)
  openReporterRoutes(app, doorway, given, known.isKeeper)
  openReviewRoutes(app, doorway, given, known)
  openNumberRoutes(app, doorway, given, known.counted)
}
