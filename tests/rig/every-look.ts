/** Each way to see something of another person, asked by somebody who may. */
import { afterAll, beforeAll, expect } from 'vitest'
import { openClaim, openGrant, shownCode } from './claims.ts'
import {
  asksWhoLooked,
  asOfficerToo,
  closedNextDoor,
  namesReviewers,
  numberWaits,
  opensReporter,
  reviewsLook,
} from './looking.ts'
import { freshlyShown, ownDataLooking } from './own-looking.ts'
import { operatorKey, type Answer } from './program.ts'
import { steppedUp, type Visitor } from './visitor.ts'
import { longHeartbeat, openStreets, type Streets } from './streets.ts'
import { dayOf } from '../../src/kernel/calendar.ts'
import { opened } from '../../src/desks/tasks/testing/open.ts'

export const canaries = ['老人甲', '13800000000', '13955550001', '金丝雀', '新村甲']
const contacts = [{ name: '金丝雀', relation: '女儿', phone: '13955550001' }]

export let town: Streets
export let task = ''
export let closedTask = ''
export let offerTask = ''
export let record = ''
/** The request about a child. */
export let childs = ''
/** The officer, who has just shown that it is them. */
let shown: Visitor | undefined

beforeAll(async () => {
  town = await openStreets(longHeartbeat)
  await town.agrees(town.a.elder, contacts)
  await town.silent(town.a, 49)
  const { tasks } = (await town.a.worker.get('/api/tasks/mine')).body
  task = tasks.find((each: any) => each.kind === 'care-visit').task
  closedTask = await closedNextDoor(town)
  await town.a.deputy.post('/api/duties/shifts/hand-over', { shift: null, words: '钥匙在前台' })
})
afterAll(() => town[Symbol.asyncDispose]())

/** The visit that asks the same person how they wish to be looked after; the worker has it. */
async function offer(): Promise<string> {
  if (offerTask) return offerTask
  const facts = { kind: 'care-offer', rule: 'care-offer', place: town.a.homes[0]! } as const
  offerTask = await opened(town, facts)
  const body = { task: offerTask, act: 'acknowledge', from: 'raised' }
  expect((await town.a.worker.post('/api/tasks/act', body)).status).toBe(200)
  return offerTask
}

/** What a paper says counts once: what was agreed before is ended first. */
async function signed(): Promise<Answer> {
  await town.a.elder.post('/api/care/end', {})
  await town.settled()
  return town.a.worker.post('/api/care/paper', {
    ...{ task: await offer(), way: 'sensor', textVersion: 2, contacts },
    signedOn: dayOf(town.clock.now()),
  })
}

/** The worker's request on record, about the elder alone. */
async function onRecord(): Promise<string> {
  const reason = { reason: 'at-the-counter' }
  record ||= (await town.a.worker.post('/api/privacy/requests', reason)).body.request
  return record
}

/** The deputy wants to see the elder, as if they were a child; the worker is in charge. */
async function childWaits(): Promise<void> {
  if (childs) return
  const reason = { reason: 'at-the-counter' }
  childs = (await town.a.deputy.post('/api/privacy/requests', reason)).body.request
  await town.owner('update privacy.request set person = $2, minor_at = at where id = $1', [
    ...[childs, town.a.elder.person],
  ])
}

async function showsNumber(): Promise<Answer> {
  await freshlyShown(town)
  const asked = { person: town.a.elder.person, kind: 'phone', request: await onRecord() }
  return town.a.worker.post('/api/people/number', asked)
}

export type Looking = {
  name: string
  fields: string[]
  /** Whom the look is at; the elder where nothing is said. */
  at?: 'deputy'
  /** For which matter; the open visit where nothing is said. */
  matter?: 'none' | 'closed' | 'offer' | 'unnamed' | 'request' | 'child'
  by?: 'officer' | 'operator'
  ask(): Promise<Answer>
}

/** Each way to see something of another person, asked by somebody who may. */
export const looking: Looking[] = [
  {
    ...{ name: 'tasks.myTasks', fields: ['address', 'last-seen'] },
    ask: () => town.a.worker.get('/api/tasks/mine'),
  },
  {
    ...{ name: 'tasks.oneTask', fields: ['address', 'last-seen', 'visit-outcome'] },
    ask: () => town.a.worker.get(`/api/tasks/one?task=${task}`),
  },
  {
    name: 'care.personCard',
    fields: ['name', 'age', 'address', 'contacts', 'care-plan', 'consents', 'visit-outcome'],
    ask: () => town.a.worker.get(`/api/care/card?task=${task}`),
  },
  {
    ...{ name: 'care.showPhone', fields: ['name', 'phone'] },
    ask: () => town.a.worker.post('/api/care/phone', { task, contact: 0 }),
  },
  {
    ...{ name: 'care.showPhone', fields: ['contacts', 'phone'] },
    ask: () => town.a.worker.post('/api/care/phone', { task, contact: 1 }),
  },
  {
    // A device's page is opened for its health; the others only from the task.
    ...{ name: 'sensing.oneDevice', fields: ['address'], matter: 'none' },
    ask: () => town.a.worker.get(`/api/sensing/device?device=${town.a.door.device}`),
  },
  {
    ...{ name: 'devices.story', fields: ['address'], matter: 'none' },
    ask: () => town.a.worker.get(`/api/devices/story?source=${town.a.door.device}`),
  },
  {
    ...{ name: 'demo.listTown', fields: ['name', 'address', 'post'], by: 'operator' },
    ask: () => town.call(operatorKey, 'GET', '/api/demo/town'),
  },
  {
    ...{ name: 'tasks.searchTasks', fields: ['address', 'visit-outcome'] },
    ask: () => town.a.worker.post('/api/tasks/search', { words: '101' }),
  },
  {
    ...{ name: 'tasks.closedTasks', fields: ['address', 'visit-outcome'], matter: 'closed' },
    ask: () => town.a.worker.get('/api/tasks/closed'),
  },
  {
    ...{ name: 'tasks.candidates', fields: ['name', 'post'], at: 'deputy' },
    ask: () => town.a.worker.get(`/api/tasks/candidates?task=${task}`),
  },
  ...(
    [
      ['tasks.colleagues', '/api/tasks/colleagues'],
      ['duties.listBodies', '/api/duties/bodies'],
      ['duties.onDutyNow', '/api/duties/on-duty'],
      ['duties.roster', '/api/duties/roster?body='],
      ['duties.rosterOnPaper', '/api/duties/roster/paper?body='],
      ['duties.myShift', '/api/duties/my-shift'],
    ] as const
  ).map(([name, path]): Looking => ({
    ...{ name, fields: ['name', 'post'], at: 'deputy', matter: 'none' },
    ask: () => town.a.worker.get(path.endsWith('=') ? `${path}${town.a.body}` : path),
  })),
  {
    ...{ name: 'care.offerCard', fields: ['name', 'age', 'care-plan'], matter: 'offer' },
    ask: async () => town.a.worker.get(`/api/care/offer?task=${await offer()}`),
  },
  {
    ...{ name: 'care.recordPaper', fields: ['care-plan', 'contacts'], matter: 'offer' },
    ask: signed,
  },
  {
    ...{ name: 'duties.reporterKeeper', fields: ['name', 'post'], at: 'deputy', matter: 'none' },
    by: 'officer',
    ask: () => asOfficerToo(town),
  },
  {
    ...{ name: 'duties.lookReviewers', fields: ['name', 'post'], at: 'deputy', matter: 'none' },
    by: 'officer',
    ask: () => namesReviewers(town),
  },
  {
    // The book of whom it was about says that it was reviewed.
    ...{ name: 'privacy.openLookReview', fields: ['name', 'address'], matter: 'unnamed' },
    ask: () => reviewsLook(town),
  },
  {
    ...{ name: 'duties.whoNext', fields: ['name', 'post'], at: 'deputy', matter: 'none' },
    by: 'officer',
    ask: () => town.a.officer.get(`/api/duties/who?place=${town.a.homes[0]}&matter=hazard`),
  },
  {
    ...{ name: 'identity.proveAtStation', fields: ['account'], matter: 'none' },
    ask: async () =>
      town.a.worker.post('/api/identity/home/station', {
        ...{ code: await shownCode(town), person: town.a.elder.person },
      }),
  },
  {
    ...{ name: 'identity.listClaims', fields: ['name', 'address', 'account'], matter: 'none' },
    ask: async () => {
      await openClaim(town)
      return town.a.worker.get('/api/identity/claims')
    },
  },
  {
    ...{ name: 'identity.oneClaim', fields: ['name', 'age', 'address'], matter: 'none' },
    ask: async () => town.a.worker.get(`/api/identity/claims/one?claim=${await openClaim(town)}`),
  },
  {
    ...{ name: 'identity.decideClaim', fields: ['account'], matter: 'none' },
    ask: async () =>
      town.a.worker.post('/api/identity/claims/decide', {
        ...{ claim: await openClaim(town), verdict: 'refused', because: 'not-shown' },
      }),
  },
  {
    // The book alone must not say whose report it was: it names no task.
    ...{ name: 'privacy.openReporter', fields: ['name', 'phone'], matter: 'unnamed' },
    by: 'officer',
    ask: () => opensReporter(town),
  },
  {
    ...{ name: 'identity.invite', fields: ['account'], at: 'deputy', matter: 'none' },
    by: 'officer',
    ask: async () => {
      shown ??= await steppedUp(town, town.a.officer.name)
      return shown.post('/api/identity/invitations', { post: town.a.posts.deputy })
    },
  },
  {
    ...{ name: 'people.searchPeople', fields: ['name', 'address'], matter: 'request' },
    ask: async () =>
      town.a.worker.post('/api/people/search', { words: '老人', request: await onRecord() }),
  },
  {
    ...{ name: 'people.openPerson', fields: ['name', 'age', 'address', 'phone'] },
    matter: 'request',
    ask: async () => {
      const query = `person=${town.a.elder.person}&request=${await onRecord()}`
      return town.a.worker.get(`/api/people/person?${query}`)
    },
  },
  {
    // The request has opened the elder: their home belongs to it.
    ...{ name: 'people.openHome', fields: ['name', 'address', 'household'], matter: 'request' },
    ask: async () =>
      town.a.worker.get(`/api/people/home?home=${town.a.homes[0]}&request=${await onRecord()}`),
  },
  {
    ...{ name: 'privacy.waitingApprovals', fields: ['name', 'age', 'address'], matter: 'child' },
    ask: async () => {
      await childWaits()
      return town.a.worker.get('/api/privacy/requests/approvals')
    },
  },
  {
    // Whoever looked sees that their name was given to whom they looked at.
    ...{ name: 'privacy.whoWasIt', fields: ['name', 'post'], at: 'deputy', matter: 'none' },
    ask: () => asksWhoLooked(town),
  },
  {
    ...{ name: 'people.showNumber', fields: ['phone'], matter: 'request' },
    ask: showsNumber,
  },
  {
    ...{ name: 'people.numberChanges', fields: ['name', 'phone'], matter: 'none' },
    ask: async () => {
      await numberWaits(town)
      return town.a.worker.get('/api/people/numbers/waiting')
    },
  },
  {
    ...{ name: 'people.fetchExport', fields: ['name', 'address', 'household', 'age', 'phone'] },
    ...{ matter: 'unnamed', by: 'officer' },
    ask: async () => {
      shown ??= await steppedUp(town, town.a.officer.name)
      const asked = { kind: 'residents', reason: 'rescue' }
      const { export: id } = (await shown.post('/api/people/exports', asked)).body
      return shown.post('/api/people/exports/fetch', { export: id })
    },
  },
  {
    ...{ name: 'people.listExports', fields: ['name'], at: 'deputy', matter: 'none' },
    by: 'officer',
    ask: async () => {
      await town.a.deputy.post('/api/people/exports', { kind: 'residents', reason: 'rescue' })
      return town.a.officer.get('/api/people/exports')
    },
  },
  {
    ...{ name: 'privacy.consentsOf', fields: ['consents'], matter: 'request' },
    ask: async () => {
      const query = `request=${await onRecord()}&person=${town.a.elder.person}`
      return town.a.worker.get(`/api/privacy/consents/of?${query}`)
    },
  },
  {
    ...{ name: 'privacy.endConsentFor', fields: ['consents'], matter: 'request' },
    ask: async () => {
      const agrees = { textVersion: 2, by: 'person' }
      await town.a.elder.post('/api/care/wandering', { agrees })
      const asked = { request: await onRecord(), person: town.a.elder.person }
      const ended = { ...asked, purpose: 'wandering-guard' }
      return town.a.worker.post('/api/privacy/consents/end-at-station', ended)
    },
  },
  ...ownDataLooking(() => town, onRecord),
  {
    ...{ name: 'identity.signGrant', fields: ['name'], matter: 'request' },
    ask: async () => {
      const to = { kind: 'code', code: await shownCode(town), relation: 'kin', called: '侄子' }
      return town.a.worker.post('/api/identity/grants/sign', {
        ...{ request: await onRecord(), person: town.a.elder.person, to, days: 30 },
        signedOn: dayOf(town.clock.now()),
      })
    },
  },
  {
    ...{ name: 'identity.grantsOf', fields: ['account'], matter: 'request' },
    ask: async () => {
      const query = `request=${await onRecord()}&person=${town.a.elder.person}`
      return town.a.worker.get(`/api/identity/grants/of?${query}`)
    },
  },
  {
    ...{ name: 'identity.endGrantAtStation', fields: ['account'], matter: 'request' },
    ask: async () => {
      const { street, elder } = town.a
      const asked = { request: await onRecord(), person: elder.person }
      const grant = await openGrant(town, street)
      return town.a.worker.post('/api/identity/grants/end-at-station', { ...asked, grant })
    },
  },
]
/** A person's own data, shown to that person. */
export const own: { name: string; ask(): Promise<Answer> }[] = [
  { name: 'people.myHome', ask: () => town.a.elder.get('/api/people/my-home') },
  { name: 'identity.whoAmI', ask: () => town.a.elder.get('/api/identity/me') },
  { name: 'care.myCare', ask: () => town.a.elder.get('/api/care/mine') },
  { name: 'identity.myGrants', ask: () => town.a.elder.get('/api/identity/grants') },
  { name: 'identity.listDevices', ask: () => town.a.elder.get('/api/identity/devices') },
  {
    name: 'identity.whoAsksToLiveHere',
    ask: () => town.a.elder.get('/api/identity/home/asked'),
  },
  { name: 'privacy.myConsents', ask: () => town.a.elder.get('/api/privacy/consents') },
  { name: 'privacy.whoLooked', ask: () => town.a.elder.get('/api/privacy/looks') },
  { name: 'privacy.myData', ask: () => town.a.elder.get('/api/privacy/my-data') },
  { name: 'privacy.copyMine', ask: () => town.a.elder.post('/api/privacy/my-data/copy', {}) },
]
