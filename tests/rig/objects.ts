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
  | 'shift'
  | 'shift-note'
  | 'leave'
  | 'tag'
  | 'note'
  | 'browser'
  | 'task'
  | 'photo'
  | 'device'
  | 'gateway'
  | 'rule'
  | 'request'
  | 'waiting-request'
  | 'authority-request'
  | 'session'
  | 'passkey'
  | 'pass'
  | 'pass-secret'
  | 'grant'
  | 'letter'
  | 'claim'
  | 'vouching'
  | 'change'
  | 'import'
  | 'export'

/** A field by its path: `shifts.0.post`. */
export type Fields = Readonly<Record<string, Kind>>

export const objects: Readonly<Record<string, Fields>> = {
  'places.importDivisions': {},
  'places.listDivisions': {},
  'places.addCompound': { committee: 'committee' },
  'places.addBuilding': { compound: 'compound' },
  'places.stairGrid': { place: 'place' },
  'places.issueTag': { place: 'place' },
  'places.openTag': { tag: 'tag' },
  'privacy.whoLooked': {},
  'privacy.openRequest': {},
  'privacy.endRequest': { request: 'request' },
  'privacy.myRequests': {},
  'privacy.breakGlass': { person: 'person' },
  'privacy.waitingApprovals': {},
  'privacy.approveMinor': { request: 'waiting-request' },
  'privacy.dueReviews': {},
  'privacy.review': { request: 'waiting-request' },
  'privacy.recordAuthority': { person: 'person' },
  'privacy.decideAuthority': { request: 'authority-request' },
  'privacy.giveAuthority': { request: 'authority-request' },
  'privacy.listAuthority': {},
  'privacy.countAuthority': {},
  'people.counts': { street: 'street' },
  'people.addPerson': { home: 'home' },
  'people.addPeople': { 'people.0.home': 'home' },
  'people.registerMove': { person: 'person', home: 'home' },
  'people.setOwnership': { home: 'home', 'shares.0.person': 'person' },
  'people.setArea': { home: 'home' },
  'people.myHome': {},
  'people.tenureRights': {},
  'people.setNumber': { person: 'person', request: 'request' },
  'people.numberChanges': {},
  'people.decideNumber': { change: 'change' },
  'people.confirmNumber': { change: 'change' },
  'people.openPerson': { person: 'person', request: 'request', task: 'task' },
  'people.showNumber': { person: 'person', request: 'request', task: 'task' },
  'people.searchPeople': { request: 'request' },
  'duties.foundStreet': {},
  'duties.addBody': { committee: 'committee' },
  'duties.fillPost': { body: 'body', person: 'person' },
  'duties.endPost': { post: 'post' },
  'duties.setBeats': { post: 'post', 'beats.0.place': 'place' },
  'duties.listBodies': {},
  'duties.whoNext': { place: 'place' },
  'duties.onDutyNow': {},
  'duties.setCovers': { body: 'body' },
  'duties.planShifts': { body: 'body', 'shifts.0.post': 'post' },
  'duties.planWeeks': { body: 'body', 'pattern.0.post': 'post' },
  'duties.cancelShift': { shift: 'shift' },
  'duties.takeOver': { shift: 'shift' },
  'duties.handOver': { shift: 'shift' },
  'duties.readNote': { note: 'shift-note' },
  'duties.goOnLeave': { post: 'post' },
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
  'devices.addDevice': { place: 'place', gateway: 'gateway' },
  'devices.addDevices': { 'devices.0.place': 'place' },
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
  'sensing.listDevices': {},
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
  'care.offerCard': { task: 'task' },
  'care.recordPaper': { task: 'task' },
  'care.personCard': { task: 'task' },
  'care.showPhone': { task: 'task' },
  'care.careCount': { committee: 'committee' },
  'demo.listTown': {},
  'demo.status': {},
  'demo.setClock': {},
  'demo.holdTown': {},
  'demo.openMatters': {},
  'demo.bringHistory': {},
  'demo.bringPulse': {},
  'demo.resetTown': {},
  'overview.streetNow': {},
  'overview.pulse': {},
  'overview.listMatters': { committee: 'committee' },
  'overview.oneMatter': { task: 'task' },
  'overview.monthInNumbers': {},
}

/** Why nobody is asked to succeed with it: it would end the town, or needs a browser's own key. */
export const uncontrolled: Readonly<Record<string, string>> = {
  'demo.resetTown': 'ends the town',
}
