/** reviewer: which posts review unusual looks, and who answers for what they find. */
export { inChargeOf, postsUnder, reviewerBodies, reviewerOf, wasOnDuty } from './reviewer.ts'
export { openReviewerRoutes } from './routes.ts'
export { bodiesOf, rolesOf } from './store.ts'
