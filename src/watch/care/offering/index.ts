/**
 * offering: at eighty somebody comes and asks how one wishes to be looked after. A few visits a day
 * and committee, a no is respected, and what is signed on paper is worth as much. The door of this
 * folder.
 */
export { isOffer, offerAnswered, offerClosed, offerVisits } from './offering.ts'
export { offerCard, recordPaper } from './paper.ts'
export { deleteOffersBefore } from './store.ts'
