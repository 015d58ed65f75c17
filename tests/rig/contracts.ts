import { contracts } from '../../src/contracts.ts'
import { mayCall, type Role } from '../../src/kernel/access.ts'
import type { Endpoint } from '../../src/kernel/endpoint.ts'
import { operatorKey } from './program.ts'
import { impactWords } from './purposes.ts'
import type { SmallStreet } from './streets.ts'

export type Named = { name: string; endpoint: Endpoint }

/** Every endpoint of every room, as `room.name`. */
export const every: Named[] = Object.entries(contracts).flatMap(([room, endpoints]) =>
  Object.entries(endpoints).map(([name, endpoint]) => ({ name: `${room}.${name}`, endpoint })),
)

const nowhere = '00000000-0000-7000-8000-000000000000'
/** As a passkey answers, of nobody. */
const signed = { id: 'A', clientDataJSON: 'A', authenticatorData: 'A', signature: 'A' }

/**
 * An input of each endpoint that its schema takes. A new endpoint without a line here fails the
 * first test of the contracts.
 */
export const inputs: Record<string, (street: SmallStreet) => Record<string, unknown>> = {
  'places.importDivisions': () => ({ source: 'a test', districts: [] }),
  'places.listDivisions': () => ({ under: '310104' }),
  'places.listCompounds': () => ({}),
  'places.addCompound': ({ committee }) => ({ committee, name: '新村' }),
  'places.addBuilding': ({ compound }) => ({
    ...{ compound, name: '9幢' },
    stairs: [{ number: '99', floors: 1, homesPerFloor: 1 }],
  }),
  'places.stairGrid': ({ homes }) => ({ place: homes[0] }),
  'places.issueTag': ({ homes }) => ({ place: homes[0] }),
  'places.openTag': () => ({ tag: 'a'.repeat(43) }),
  'privacy.whoLooked': () => ({ before: nowhere }),
  'privacy.whoWasIt': () => ({ look: nowhere }),
  'privacy.askWhy': () => ({ look: nowhere }),
  'privacy.questions': () => ({}),
  'privacy.answerWhy': () => ({ question: nowhere, answer: '为了上门看望' }),
  'privacy.askedCounts': () => ({}),
  'privacy.myConsents': () => ({}),
  'privacy.endConsent': () => ({ purpose: 'agreed-calls' }),
  'privacy.renewConsent': () => ({ purpose: 'agreed-care', textVersion: 2 }),
  'privacy.consentsOf': ({ elder }) => ({ request: nowhere, person: elder.person }),
  'privacy.endConsentFor': ({ elder }) => ({
    ...{ request: nowhere, person: elder.person, purpose: 'agreed-calls' },
  }),
  'privacy.purposesHere': () => ({}),
  'privacy.writeImpact': () => ({ purpose: 'crowding-check', ...impactWords }),
  'privacy.switchPurpose': () => ({ purpose: 'agreed-care', isOn: true, impact: nowhere }),
  'privacy.whatIsKept': ({ street }) => ({ street }),
  'privacy.openRequest': () => ({ reason: 'at-the-counter' }),
  'privacy.endRequest': () => ({ request: nowhere }),
  'privacy.myRequests': () => ({}),
  'privacy.breakGlass': () => ({ person: null, words: '门后有人呼救' }),
  'privacy.waitingApprovals': () => ({}),
  'privacy.approveMinor': () => ({
    ...{ request: nowhere, decision: { says: 'yes', because: 'parent-here' } },
  }),
  'privacy.dueReviews': () => ({}),
  'privacy.review': () => ({ request: nowhere, outcome: 'right', words: '' }),
  'privacy.recordAuthority': ({ elder }) => ({
    ...{ authority: '区人民法院', legalBasis: '民事诉讼法 67', document: '(2026)沪0104调1号' },
    ...{ asks: '是否住在此处', fields: ['address'], person: elder.person, home: null, days: 7 },
  }),
  'privacy.decideAuthority': () => ({ request: nowhere, verdict: 'approved' }),
  'privacy.giveAuthority': () => ({ request: nowhere }),
  'privacy.listAuthority': () => ({}),
  'privacy.countAuthority': () => ({}),
  'privacy.weekLine': () => ({}),
  'privacy.myData': () => ({}),
  'privacy.copyMine': () => ({}),
  'privacy.askCorrection': () => ({ part: 'person', says: '名字写错了' }),
  'privacy.askErasure': () => ({ part: 'consents' }),
  'privacy.withdrawOwnRequest': () => ({ request: nowhere }),
  'privacy.dataOf': ({ elder }) => ({ request: nowhere, person: elder.person }),
  'privacy.askOwnFor': ({ elder }) => ({
    ...{ request: nowhere, person: elder.person, ask: { kind: 'erase', part: 'consents' } },
  }),
  'privacy.ownRequests': () => ({}),
  'privacy.decideOwnRequest': () => ({ request: nowhere, verdict: { is: 'done' } }),
  'privacy.openReporter': () => ({ task: nowhere, reason: 'to-ask-back' }),
  'privacy.looksToReview': () => ({}),
  'privacy.openLookReview': () => ({ review: nowhere }),
  'privacy.reviewLook': () => ({ review: nowhere, outcome: 'right', words: '' }),
  'privacy.wrongLooks': () => ({}),
  'privacy.numbers': ({ street }) => ({ street }),
  'people.counts': () => ({ street: '310104011' }),
  'people.addPerson': () => ({
    ...{ name: '来客', bornOn: null, phone: null, home: null, livesAlone: false },
  }),
  'people.addPeople': () => ({
    people: [{ name: '来客', bornOn: null, phone: null, home: null, livesAlone: false }],
  }),
  'people.registerMove': ({ neighbour, homes }) => ({
    ...{ person: neighbour.person, what: 'moved-in', home: homes[2], on: '2026-07-01' },
    ...{ tenure: 'tenant', relation: null, livesAlone: false },
  }),
  'people.setOwnership': ({ homes }) => ({
    ...{ home: homes[3], on: '2026-07-01' },
    owners: [
      {
        ...{ kind: 'developer', person: null, firm: '开发商', part: 1, whole: 1 },
        ...{ isRegistered: true, source: 'register' },
      },
    ],
  }),
  'people.setArea': ({ homes }) => ({
    ...{ home: homes[3], source: 'survey', area: '98.50', since: '2026-07-01' },
  }),
  'people.openHome': ({ homes }) => ({ home: homes[0], request: nowhere }),
  'people.myHome': () => ({}),
  'people.tenureRights': () => ({}),
  'people.searchPeople': () => ({ words: '老人', request: nowhere }),
  'people.openPerson': ({ elder }) => ({ person: elder.person, request: nowhere }),
  'people.showNumber': ({ elder }) => ({
    ...{ person: elder.person, kind: 'phone', request: nowhere },
  }),
  'people.setNumber': ({ elder }) => ({
    ...{ person: elder.person, kind: 'phone', number: '13900000000' },
  }),
  'people.numberChanges': () => ({}),
  'people.decideNumber': () => ({ change: nowhere, approves: false }),
  'people.rotateKeys': () => ({}),
  'people.keysState': () => ({}),
  'people.confirmNumber': () => ({ change: nowhere, isRight: false }),
  'people.importTemplate': () => ({ kind: 'residents' }),
  'people.importDryRun': () => ({ kind: 'residents', base64: '' }),
  'people.importRegister': () => ({ kind: 'residents', base64: '' }),
  'people.importProgress': () => ({ import: nowhere }),
  'people.listImports': () => ({}),
  'people.undoImport': () => ({ import: nowhere }),
  'people.askExport': () => ({ kind: 'residents', reason: 'rescue' }),
  'people.decideExport': () => ({ export: nowhere, verdict: 'approve' }),
  'people.listExports': () => ({}),
  'people.fetchExport': () => ({ export: nowhere }),
  'duties.foundStreet': () => ({ street: '310104012', officer: '新长官', phone: '021-5550-0200' }),
  'duties.addBody': () => ({
    ...{ committee: '310104011014', phone: '021-5550-0102', opensAt: '08:30', closesAt: '17:30' },
  }),
  'duties.fillPost': ({ body, neighbour }) => ({
    ...{ body, title: '居委社工', person: neighbour.person, rank: 7 },
  }),
  'duties.endPost': () => ({ post: nowhere }),
  'duties.nameKeeper': ({ posts }) => ({ post: posts.officer }),
  'duties.setBeats': ({ posts, homes }) => ({
    ...{ post: posts.deputy, beats: [{ place: homes[0], matters: ['hazard'] }] },
  }),
  'duties.reporterKeeper': () => ({}),
  'duties.nameReviewer': ({ posts }) => ({ post: posts.officer, reviews: true }),
  'duties.lookReviewers': () => ({}),
  'duties.listBodies': () => ({}),
  'duties.whoNext': ({ homes }) => ({ place: homes[0], matter: 'hazard' }),
  'duties.onDutyNow': () => ({}),
  'duties.setCovers': ({ body }) => ({
    ...{ body, covers: [{ days: 'every-day', from: '20:00', to: '08:00', people: 1 }] },
  }),
  'duties.planShifts': ({ body, posts }) => ({
    ...{ body, shifts: [{ post: posts.deputy, from: 1, to: 2 }] },
  }),
  'duties.planWeeks': ({ body, posts }) => ({
    ...{ body, from: '2026-07-06', weeks: 1 },
    pattern: [{ post: posts.deputy, weekdays: [1], from: '08:00', to: '20:00' }],
  }),
  'duties.cancelShift': () => ({ shift: nowhere }),
  'duties.takeOver': () => ({ shift: nowhere }),
  'duties.handOver': () => ({ shift: null, words: '钥匙在前台' }),
  'duties.readNote': () => ({ note: nowhere }),
  'duties.goOnLeave': ({ posts }) => ({ post: posts.deputy, until: 1 }),
  'duties.endLeave': () => ({ leave: nowhere }),
  'duties.roster': ({ body }) => ({ body }),
  'duties.rosterOnPaper': ({ body }) => ({ body }),
  'duties.myShift': () => ({}),
  'duties.gaps': () => ({}),
  'duties.whomToCall': () => ({}),
  'delivery.noteShown': () => ({ notes: [nowhere] }),
  'delivery.pushKey': () => ({}),
  'delivery.wakeBrowser': () => ({
    endpoint: 'https://push.example/1',
    ...{ p256dh: 'B'.repeat(87), auth: 'a'.repeat(22), language: 'zh-CN' },
  }),
  'delivery.letSleep': () => ({ endpoint: 'https://push.example/1' }),
  'delivery.outbox': () => ({}),
  'identity.makeLink': ({ elder }) => ({ name: elder.name }),
  'identity.makeToken': ({ elder }) => ({ name: elder.name }),
  'identity.whoAmI': () => ({}),
  'identity.listDevices': () => ({}),
  'identity.chooseStreet': ({ street }) => ({ street }),
  'identity.endDevice': () => ({ session: nowhere }),
  'identity.endOtherDevices': () => ({}),
  'identity.askSignInCode': () => ({ phone: '13800000000' }),
  'identity.useSignInCode': () => ({ phone: '13800000000', code: '123456' }),
  'identity.passkeysHere': () => ({}),
  'identity.beginPasskey': () => ({}),
  'identity.addPasskey': () => ({
    ...{ id: 'A', clientDataJSON: 'A', attestationObject: 'A', transports: [] },
  }),
  'identity.beginSignIn': () => ({}),
  'identity.signIn': () => signed,
  'identity.beginStepUp': () => ({}),
  'identity.stepUpByPasskey': () => signed,
  'identity.listPasskeys': () => ({}),
  'identity.namePasskey': () => ({ id: 'A', name: 'key' }),
  'identity.removePasskey': () => ({ id: 'A' }),
  'identity.myStepUp': () => ({}),
  'identity.askStepUpCode': () => ({}),
  'identity.stepUpByCode': () => ({ code: '123456' }),
  'identity.waysToSignIn': () => ({}),
  'identity.unlinkOrganisation': () => ({}),
  'identity.makeOwnerLink': ({ worker }) => ({ name: worker.name }),
  'identity.invite': ({ posts }) => ({ post: posts.worker }),
  'identity.beginState': () => ({}),
  'identity.begin': () => ({ street: '310104012', name: '新长官', phone: '021-5550-0200' }),
  'identity.makeLetters': ({ homes }) => ({ homes: [homes[0]] }),
  'identity.listLetters': () => ({}),
  'identity.revokeLetter': () => ({ letter: nowhere }),
  'identity.proveByLetter': () => ({ code: '123 456 7890', name: '老人甲' }),
  'identity.showCode': () => ({}),
  'identity.proveAtStation': ({ elder }) => ({ code: '123456', person: elder.person }),
  'identity.askHousehold': ({ homes }) => ({ home: homes[0], name: '老人甲' }),
  'identity.whoAsksToLiveHere': () => ({}),
  'identity.answerForHousehold': () => ({ vouching: nowhere, isOurs: true }),
  'identity.howProven': () => ({}),
  'identity.listClaims': () => ({}),
  'identity.oneClaim': () => ({ claim: nowhere }),
  'identity.decideClaim': () => ({ claim: nowhere, verdict: 'refused', because: 'not-shown' }),
  'identity.makePass': ({ homes }) => ({ door: homes[0]!.slice(0, -4), from: 1, hours: 2 }),
  'identity.myPasses': () => ({}),
  'identity.revokePass': () => ({ pass: nowhere }),
  'identity.showPass': () => ({ secret: 'a'.repeat(43) }),
  'identity.checkPass': () => ({ secret: 'a'.repeat(43), door: null }),
  'identity.makeGrantCode': () => ({ relation: 'child', days: 30 }),
  'identity.takeGrant': () => ({ code: '00000000', called: '女儿' }),
  'identity.signGrant': ({ elder }) => ({
    ...{ request: nowhere, person: elder.person, to: { kind: 'me' }, days: 1 },
    signedOn: '2026-07-07',
  }),
  'identity.myGrants': () => ({}),
  'identity.endGrant': () => ({ grant: nowhere }),
  'identity.grantsOf': ({ elder }) => ({ request: nowhere, person: elder.person }),
  'identity.endGrantAtStation': ({ elder }) => ({
    ...{ request: nowhere, person: elder.person, grant: nowhere },
  }),
  'identity.actFor': () => ({ grant: null }),
  'tasks.myTasks': () => ({}),
  'tasks.oneTask': () => ({ task: nowhere }),
  'tasks.searchTasks': () => ({ words: '26' }),
  'tasks.closedTasks': () => ({}),
  'tasks.act': () => ({ task: nowhere, act: 'acknowledge', from: 'raised' }),
  'tasks.acknowledgeAll': () => ({ tasks: [nowhere] }),
  'tasks.arriveByTag': () => ({ tag: 'a'.repeat(43) }),
  'tasks.candidates': () => ({ task: nowhere }),
  'tasks.colleagues': () => ({}),
  'tasks.addPhoto': () => ({ task: nowhere, says: '漏水的水管', bytes: '/9j/' }),
  'tasks.showPhoto': () => ({ photo: nowhere }),
  'tasks.reportPlace': ({ compound }) => ({ place: compound, what: 'noise', words: '夜里装修' }),
  'tasks.myReports': () => ({}),
  'tasks.reportByReceipt': () => ({ receipt: '0'.repeat(20) }),
  'devices.addDevice': ({ homes }) => ({ kind: 'motion', place: homes[0] }),
  'devices.addDevices': ({ homes }) => ({ devices: [{ kind: 'motion', place: homes[0] }] }),
  'devices.moveDevice': ({ homes }) => ({ device: nowhere, place: homes[0] }),
  'devices.replaceDevice': () => ({ device: nowhere }),
  'devices.revokeDevice': () => ({ device: nowhere }),
  'devices.lendDevice': ({ homes }) => ({ device: nowhere, home: homes[0], until: '2026-08-01' }),
  'devices.returnDevice': ({ homes }) => ({ device: nowhere, place: homes[0] }),
  'devices.renewCredential': () => ({ source: nowhere }),
  'devices.addGateway': ({ committee }) => ({
    ...{ name: 'box', format: 'canonical', place: committee },
  }),
  'devices.revokeGateway': () => ({ gateway: nowhere }),
  'devices.listGateways': () => ({}),
  'devices.findModels': () => ({ text: 'a' }),
  'devices.addModel': () => ({
    ...{ vendor: 'a maker', model: 'of a test', format: 'canonical', source: 'a test' },
    fields: JSON.stringify([
      { path: 'd', reads: 'state', kind: 'door-contact', values: { '1': 'open' } },
    ]),
  }),
  'devices.importTemplate': () => ({}),
  'devices.importDryRun': () => ({ base64: '' }),
  'devices.importDevices': () => ({ base64: '' }),
  'devices.labels': ({ door }) => ({ devices: [door.device] }),
  'devices.story': ({ door }) => ({ source: door.device }),
  'sensing.listDevices': () => ({}),
  'sensing.listGateways': () => ({}),
  'sensing.oneDevice': ({ door }) => ({ device: door.device }),
  'scenarios.listRules': () => ({}),
  'scenarios.oneRule': () => ({ rule: 'care-silence' }),
  'scenarios.checkRule': () => ({ definition: '{}' }),
  'scenarios.draftRule': () => ({ definition: '{}', basedOn: null, reason: 'a test' }),
  'scenarios.act': () => ({ rule: 'smoke', version: 1, act: 'retire', reason: 'a test' }),
  'scenarios.tryRule': () => ({ definition: '{}', days: 1, capacityPerDay: 6, seed: 1 }),
  'scenarios.exportRules': () => ({}),
  'scenarios.importRules': () => ({ text: '{}', reason: 'a test' }),
  'scenarios.ruleSchema': () => ({}),
  'care.myCare': () => ({}),
  'care.agree': () => ({ textVersion: 2, contacts: [] }),
  'care.refuse': () => ({}),
  'care.setContacts': () => ({ contacts: [] }),
  'care.setAway': () => ({ until: null }),
  'care.help': () => ({}),
  'care.well': () => ({}),
  'care.setWandering': () => ({ agrees: null }),
  'care.endCare': () => ({}),
  'care.offerCard': () => ({ task: nowhere }),
  'care.recordPaper': () => ({
    ...{ task: nowhere, way: 'call', textVersion: 1, contacts: [], signedOn: '2026-07-07' },
  }),
  'care.personCard': () => ({ task: nowhere }),
  'care.showPhone': () => ({ task: nowhere, contact: 0 }),
  'care.careCount': ({ homes }) => ({ committee: homes[0]!.slice(0, 12) }),
  'demo.listTown': () => ({}),
  'demo.status': () => ({}),
  'demo.setClock': () => ({ speed: 1 }),
  'demo.holdTown': () => ({ simulator: 'a test', isFirst: false }),
  'demo.openMatters': () => ({}),
  'demo.bringHistory': ({ committee }) => ({
    matters: [
      {
        ...{ kind: 'hazard', rule: 'smoke', ruleVersion: 1, committee, post: nowhere, tier: 1 },
        ...{ urgency: 'emergency', openedAt: 1, acknowledgeBy: 2, dueAt: 3, acknowledgedAt: 1 },
        ...{ setOutAt: null, arrivedAt: null, closedAt: 2, outcome: 'fine', words: null },
      },
    ],
  }),
  'overview.streetNow': () => ({}),
  'overview.pulse': () => ({}),
  'overview.listMatters': ({ committee }) => ({ committee, kind: 'hazard', openedIn: '2026-07' }),
  'overview.oneMatter': () => ({ task: nowhere }),
  'overview.monthInNumbers': () => ({ month: '2026-07' }),
  'demo.bringPulse': () => ({ from: 0, heard: [1] }),
  'demo.resetTown': () => ({ really: 'delete everything' }),
}

export type Caller = {
  role: string
  token: string
  holds: readonly Role[]
  /** Of a browser: what it keeps, and shows instead of a token. */
  cookie?: string
  /** By a grant, for another: not for what asks for the person themselves. */
  isActing?: true
  /** Kinds of which even the other street's may be theirs. */
  isAtHomeIn?: readonly string[]
}

/** Who may ask: each role once in a street, and nobody. */
export function callersOf(street: SmallStreet): Caller[] {
  return [
    { role: 'nobody', token: '', holds: ['anyone'] },
    { role: 'an unknown token', token: 'x'.repeat(43), holds: ['anyone'] },
    { role: 'resident', token: street.neighbour.token, holds: ['anyone', 'resident'] },
    { role: 'committee', token: street.worker.token, holds: ['anyone', 'committee'] },
    { role: 'street', token: street.officer.token, holds: ['anyone', 'street'] },
    ...street.others.map(({ role, actor: { token } }) => ({
      ...{ role, token, holds: ['anyone', role] as Role[] },
    })),
    { role: 'operator', token: operatorKey, holds: ['anyone', 'operator'] },
  ]
}

export function isOpenTo(endpoint: Endpoint, caller: Caller): boolean {
  return mayCall(endpoint.who, caller.holds)
}

/** A request of one endpoint: the input in the query or in the body. */
export function requestOf(endpoint: Endpoint, input: object | string) {
  const path = `/api${endpoint.get ?? endpoint.post}`
  if (endpoint.post !== undefined) {
    const body = typeof input === 'string' ? input : JSON.stringify(input)
    return { path, method: 'POST', body, headers: { 'content-type': 'application/json' } }
  }
  const query = new URLSearchParams(input as Record<string, string>)
  return { path: `${path}?${query}`, method: 'GET', headers: {} }
}
