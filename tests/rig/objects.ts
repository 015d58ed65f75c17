/**
 * Which fields of an endpoint's input name an object, and of which kind: by this table the matrix
 * of access asks for everybody else's. An endpoint without a line here is uncovered.
 */

/** What somebody can point at. `null`: the field names nothing of anybody. */
export type Kind =
  | 'street'
  | 'committee'
  | 'compound'
  | 'place'
  | 'home'
  | 'person'
  | 'name'
  | 'body'
  | 'post'
  | 'officer-post'
  | 'reviewer-post'
  | 'shift'
  | 'shift-note'
  | 'leave'
  | 'tag'
  | 'note'
  | 'browser'
  | 'task'
  /** Tasks about a person: for those concerned in them, however far their role reaches. */
  | 'visit'
  | 'offer'
  | 'photo'
  | 'device'
  | 'gateway'
  | 'rule'
  | 'request'
  | 'waiting-request'
  | 'authority-request'
  | 'look-review'
  /** A line in somebody’s book, and what they asked about one. */
  | 'look'
  | 'question'
  /** What somebody asked about their own data. */
  | 'own-request'
  | 'session'
  | 'passkey'
  | 'pass'
  | 'pass-secret'
  | 'grant'
  | 'receipt'
  | 'letter'
  | 'claim'
  | 'vouching'
  | 'import'
  | 'export'
  | 'own-export'
  | 'number-change'
  | 'own-change'
  | 'stair'
  | 'household'

/** A field by its path: `shifts.0.post`. */
export type Fields = Readonly<Record<string, Kind>>

export const objects: Readonly<Record<string, Fields>> = {
  'places.importDivisions': {},
  'places.listDivisions': {},
  'places.listCompounds': {},
  'places.addCompound': { committee: 'committee' },
  'places.addBuilding': { compound: 'compound' },
  'places.stairGrid': { place: 'place' },
  'places.issueTag': { place: 'place' },
  'places.openTag': { tag: 'tag' },
  'privacy.whoLooked': {},
  'privacy.whoWasIt': { look: 'look' },
  'privacy.askWhy': { look: 'look' },
  'privacy.questions': {},
  'privacy.answerWhy': { question: 'question' },
  'privacy.askedCounts': {},
  'privacy.myConsents': {},
  'privacy.endConsent': {},
  'privacy.renewConsent': {},
  'privacy.consentsOf': { request: 'request', person: 'person' },
  'privacy.endConsentFor': { request: 'request', person: 'person' },
  'privacy.purposesHere': {},
  'privacy.writeImpact': {},
  'privacy.switchPurpose': {},
  'privacy.whatIsKept': { street: 'street' },
  'privacy.openRequest': {},
  'privacy.endRequest': { request: 'request' },
  'privacy.myRequests': {},
  'privacy.breakGlass': { person: 'person' },
  'privacy.waitingApprovals': {},
  'privacy.approveMinor': { request: 'waiting-request' },
  'privacy.dueReviews': {},
  'privacy.review': { request: 'waiting-request' },
  'privacy.recordAuthority': { person: 'person', home: 'home' },
  'privacy.decideAuthority': { request: 'authority-request' },
  'privacy.giveAuthority': { request: 'authority-request' },
  'privacy.listAuthority': {},
  'privacy.countAuthority': {},
  'privacy.weekLine': {},
  'privacy.myData': {},
  'privacy.copyMine': {},
  'privacy.askCorrection': {},
  'privacy.askErasure': {},
  'privacy.withdrawOwnRequest': { request: 'own-request' },
  'privacy.dataOf': { request: 'request', person: 'person' },
  'privacy.askOwnFor': { request: 'request', person: 'person' },
  'privacy.ownRequests': {},
  'privacy.decideOwnRequest': { request: 'own-request' },
  'privacy.openReporter': { task: 'task' },
  'privacy.looksToReview': {},
  'privacy.openLookReview': { review: 'look-review' },
  'privacy.reviewLook': { review: 'look-review' },
  'privacy.wrongLooks': {},
  // Public figures: every street's are for everybody.
  'privacy.numbers': { street: 'street' },
  'people.counts': { street: 'street' },
  'people.addPerson': { home: 'home' },
  'people.addPeople': { 'people.0.home': 'home' },
  'people.registerMove': { person: 'person', home: 'home', household: 'household' },
  'people.setOwnership': { home: 'home', 'owners.0.person': 'person' },
  'people.setArea': { home: 'home' },
  'people.openHome': { home: 'home', request: 'request' },
  'people.myHome': {},
  'people.tenureRights': {},
  'people.setNumber': { person: 'person', request: 'request' },
  'people.numberChanges': {},
  'people.decideNumber': { change: 'number-change' },
  'people.confirmNumber': { change: 'own-change' },
  'people.openPerson': { person: 'person', request: 'request', task: 'task' },
  'people.showNumber': { person: 'person', request: 'request', task: 'task' },
  'people.searchPeople': { request: 'request' },
  'people.askExport': { committee: 'committee' },
  'people.decideExport': { export: 'export' },
  'people.listExports': {},
  'people.fetchExport': { export: 'own-export' },
  'people.importDryRun': {},
  'people.importProgress': { import: 'import' },
  'people.importRegister': {},
  'people.importTemplate': {},
  'people.listImports': {},
  'people.undoImport': { import: 'import' },
  'people.keysState': {},
  'people.rotateKeys': {},
  'duties.foundStreet': { street: 'street' },
  'duties.addBody': { committee: 'committee' },
  'duties.fillPost': { body: 'body', person: 'person' },
  'duties.endPost': { post: 'post' },
  'duties.nameKeeper': { post: 'officer-post' },
  'duties.nameReviewer': { post: 'reviewer-post' },
  'duties.lookReviewers': {},
  'duties.setBeats': { post: 'post', 'beats.0.place': 'place' },
  'duties.reporterKeeper': {},
  'duties.listBodies': {},
  'duties.whoNext': { place: 'place' },
  'duties.onDutyNow': { committee: 'committee' },
  'duties.setCovers': { body: 'body' },
  'duties.planShifts': { body: 'body', 'shifts.0.post': 'post' },
  'duties.planWeeks': { body: 'body', 'pattern.0.post': 'post' },
  'duties.cancelShift': { shift: 'shift' },
  'duties.takeOver': { shift: 'shift' },
  'duties.handOver': { shift: 'shift' },
  'duties.readNote': { note: 'shift-note' },
  'duties.goOnLeave': { post: 'post', deputy: 'post' },
  'duties.endLeave': { leave: 'leave' },
  'duties.roster': { body: 'body' },
  'duties.rosterOnPaper': { body: 'body' },
  'duties.myShift': {},
  'duties.gaps': {},
  'duties.whomToCall': {},
  'delivery.noteShown': { 'notes.0': 'note' },
  'delivery.pushKey': {},
  'delivery.wakeBrowser': {},
  'delivery.letSleep': { endpoint: 'browser' },
  'delivery.outbox': {},
  'identity.makeLink': {},
  'identity.makeToken': {},
  'identity.whoAmI': {},
  'identity.addPasskey': {},
  'identity.beginPasskey': {},
  'identity.beginSignIn': {},
  'identity.beginStepUp': {},
  'identity.listPasskeys': {},
  'identity.namePasskey': { id: 'passkey' },
  'identity.passkeysHere': {},
  'identity.removePasskey': { id: 'passkey' },
  'identity.signIn': {},
  'identity.stepUpByPasskey': { id: 'passkey' },
  'identity.askStepUpCode': {},
  'identity.myStepUp': {},
  'identity.stepUpByCode': {},
  'identity.unlinkOrganisation': {},
  'identity.waysToSignIn': {},
  'identity.begin': {},
  'identity.beginState': {},
  'identity.invite': { post: 'post' },
  'identity.makeOwnerLink': {},
  'identity.chooseStreet': { street: 'street' },
  'identity.endDevice': { session: 'session' },
  'identity.endOtherDevices': {},
  'identity.listDevices': {},
  'identity.askSignInCode': {},
  'identity.useSignInCode': {},
  'identity.answerForHousehold': { vouching: 'vouching' },
  'identity.askHousehold': { home: 'home' },
  'identity.oneClaim': { claim: 'claim' },
  'identity.decideClaim': { claim: 'claim', person: 'person' },
  'identity.howProven': {},
  'identity.listClaims': {},
  'identity.listLetters': {},
  'identity.makeLetters': { 'homes.0': 'home' },
  'identity.proveAtStation': { person: 'person' },
  'identity.proveByLetter': {},
  'identity.revokeLetter': { letter: 'letter' },
  'identity.showCode': {},
  'identity.whoAsksToLiveHere': {},
  'identity.actFor': { grant: 'grant' },
  'identity.endGrant': { grant: 'grant' },
  'identity.endGrantAtStation': { request: 'request', person: 'person', grant: 'grant' },
  'identity.grantsOf': { request: 'request', person: 'person' },
  'identity.makeGrantCode': {},
  'identity.myGrants': {},
  'identity.signGrant': { request: 'request', person: 'person' },
  'identity.takeGrant': {},
  'identity.checkPass': { secret: 'pass-secret', door: 'place' },
  'identity.makePass': { door: 'stair' },
  'identity.myPasses': {},
  'identity.revokePass': { pass: 'pass' },
  'identity.showPass': { secret: 'pass-secret' },
  'tasks.myReports': {},
  'tasks.myTasks': {},
  'tasks.oneTask': { task: 'task' },
  'tasks.searchTasks': {},
  'tasks.closedTasks': {},
  'tasks.act': { task: 'task', to: 'post' },
  'tasks.acknowledgeAll': { 'tasks.0': 'task' },
  'tasks.arriveByTag': { tag: 'tag' },
  'tasks.candidates': { task: 'task' },
  'tasks.colleagues': { committee: 'committee' },
  'tasks.addPhoto': { task: 'task' },
  'tasks.showPhoto': { photo: 'photo' },
  'tasks.reportPlace': { place: 'compound' },
  'tasks.reportByReceipt': { receipt: 'receipt' },
  'devices.addDevice': { place: 'place', gateway: 'gateway' },
  'devices.addDevices': { 'devices.0.place': 'place', 'devices.0.gateway': 'gateway' },
  'devices.moveDevice': { device: 'device', place: 'place' },
  'devices.replaceDevice': { device: 'device' },
  'devices.revokeDevice': { device: 'device' },
  'devices.lendDevice': { device: 'device', home: 'home' },
  'devices.returnDevice': { device: 'device', place: 'place' },
  'devices.renewCredential': { source: 'device' },
  'devices.addGateway': { place: 'place' },
  'devices.revokeGateway': { gateway: 'gateway' },
  'devices.listGateways': {},
  'devices.findModels': {},
  'devices.addModel': {},
  'devices.importTemplate': {},
  'devices.importDryRun': {},
  'devices.importDevices': {},
  'devices.labels': { 'devices.0': 'device' },
  'devices.story': { source: 'device' },
  'sensing.listDevices': { committee: 'committee' },
  'sensing.listGateways': {},
  'sensing.oneDevice': { device: 'device' },
  'scenarios.listRules': {},
  'scenarios.oneRule': { rule: 'rule' },
  'scenarios.checkRule': {},
  'scenarios.draftRule': {},
  'scenarios.act': { rule: 'rule' },
  'scenarios.tryRule': {},
  'scenarios.exportRules': {},
  'scenarios.importRules': {},
  'scenarios.ruleSchema': {},
  'care.myCare': {},
  'care.agree': {},
  'care.refuse': {},
  'care.setContacts': {},
  'care.setAway': {},
  'care.help': {},
  'care.well': {},
  'care.setWandering': {},
  'care.endCare': {},
  'care.offerCard': { task: 'offer' },
  'care.recordPaper': { task: 'offer' },
  'care.personCard': { task: 'visit' },
  'care.showPhone': { task: 'visit' },
  'care.careCount': { committee: 'committee' },
  'demo.listTown': {},
  'demo.status': {},
  'demo.setClock': {},
  'demo.holdTown': {},
  'demo.openMatters': {},
  'demo.bringHistory': { 'matters.0.committee': 'committee', 'matters.0.post': 'post' },
  'demo.bringPulse': {},
  'demo.resetTown': {},
  'overview.streetNow': {},
  'overview.pulse': {},
  'overview.listMatters': { committee: 'committee' },
  'overview.oneMatter': { task: 'task' },
  'overview.monthInNumbers': { committee: 'committee' },
}
