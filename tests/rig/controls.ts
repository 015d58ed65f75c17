/** Inputs that succeed, where those of the contracts are only well-formed. */
import { randomInt } from 'node:crypto'
import { table } from '../../src/ground/people/importing/testing/index.ts'
import { dayMs, minuteMs } from '../../src/kernel/clock.ts'
import type { SoftKey } from './authenticator.ts'
import { newAccount, newGrant } from './callers.ts'
import { inputs, type Caller } from './contracts.ts'
import { thingOf, type World } from './world.ts'

/** Why nobody is asked to succeed with it in the world that everybody shares. */
export const uncontrolled: Readonly<Record<string, string>> = {
  'identity.begin': 'only in an empty town, by its owner’s link: walkEmptyTown',
}

type Control = (world: World, caller: Caller) => object | Promise<object>

/** What is asked for on record: a request names one person, so that each asking has its own. */
const byRequest = [
  ...['people.openPerson', 'people.showNumber', 'people.searchPeople', 'people.openHome'],
  'identity.grantsOf',
  'privacy.consentsOf',
  'privacy.endConsentFor',
  'privacy.dataOf',
  'privacy.askOwnFor',
]

function onRecord(name: string): Control {
  return async (world, caller) => {
    const reason = JSON.stringify({ reason: 'at-the-counter' })
    const { text } = await world.call(caller, 'POST', '/api/privacy/requests', reason)
    const { request = world.things.request?.missing } = JSON.parse(text)
    return { ...inputs[name]?.(world.town.a), request }
  }
}

/** With a field behind the name: that in which this field is asked for. */
export const controls: Readonly<Record<string, Control>> = {
  'duties.planShifts': (world, caller) => {
    const { clock } = world.town
    const span = { from: clock.now() + 9e7, to: clock.now() + 9.1e7 }
    return {
      body: thingOf(world, caller, 'body')?.own,
      shifts: [{ post: thingOf(world, caller, 'post')?.own, ...span }],
    }
  },
  'duties.goOnLeave': (world, caller) => ({
    ...{ post: thingOf(world, caller, 'post')?.own, until: world.town.clock.now() + 9e7 },
  }),
  'delivery.letSleep': ({ things }) => ({ endpoint: things.browser?.own }),
  'privacy.recordAuthority home': ({ town, things }) => ({
    ...inputs['privacy.recordAuthority']?.(town.a),
    ...{ person: null, home: things.home?.own },
  }),
  'identity.decideClaim': ({ town, things }) => ({
    ...{ claim: things.claim?.own, verdict: 'is-that-person', because: 'saw-id-card' },
    person: town.a.elder.person,
  }),
  'identity.makePass': ({ town }) => ({
    ...{ door: town.a.homes[0]?.slice(0, 18), from: town.clock.now(), hours: 2 },
  }),
  'identity.takeGrant': async ({ town }) => {
    const { body } = await town.a.neighbour.post('/api/identity/grants/codes', {
      ...{ relation: 'child', days: 1 },
    })
    return { code: body.code ?? '00000000', called: '女儿' }
  },
  'identity.addPasskey': (world, caller) =>
    signed(world, caller, '/begin', (options) => world.newKey().create(options)),
  // Only from where nobody is signed in: a browser holds one session.
  'identity.signIn': (world, caller) =>
    caller.holds.length > 1
      ? nobodys
      : signed(world, caller, '/sign-in/begin', (options) => world.key.get(options)),
  'identity.stepUpByPasskey': (world, caller) =>
    signed(world, caller, '/step-up/begin', (options) => world.key.get(options)),
  // Whoever has a standing is asked by another key of theirs.
  'identity.removePasskey': async (world, caller) => {
    const made = await signed(world, caller, '/begin', (options) => world.newKey().create(options))
    await world.call(caller, 'POST', '/api/identity/passkeys/add', JSON.stringify(made))
    return { id: 'id' in made ? made.id : 'A' }
  },
  ...Object.fromEntries(byRequest.map((name): [string, Control] => [name, onRecord(name)])),
  'identity.signGrant': async (world, caller) => {
    const { town } = world
    const code = String(randomInt(1_000_000)).padStart(6, '0')
    const digest = town.program.given.seal.find('station', code)
    const until = new Date(town.clock.now() + dayMs)
    const account = await newAccount(town)
    await town.owner('insert into identity.shown_code values ($1, $2, $3)', [
      ...[account, digest, until],
    ])
    await town.owner("delete from identity.grant where called = '侄子'")
    const to = { kind: 'code', code, relation: 'kin', called: '侄子' }
    return { ...(await onRecord('identity.signGrant')(world, caller)), to }
  },
  'identity.endGrantAtStation': async (world, caller) => {
    const { town } = world
    // Somebody has ten at the most.
    await town.owner("delete from identity.grant where called = '侄女'")
    const grant = await newGrant(town, town.a, await newAccount(town), '侄女')
    return { ...(await onRecord('identity.endGrantAtStation')(world, caller)), grant }
  },
  'people.importDryRun': () => residents,
  'people.importRegister': () => residents,
  'scenarios.act': ({ things }) => ({
    ...{ rule: things.rule?.own, version: 1, act: 'submit', reason: '试一试' },
  }),
  'demo.bringHistory': ({ town }) => {
    const openedAt = town.clock.now() - 10 * dayMs
    const at = (minutes: number) => openedAt + minutes * minuteMs
    return {
      matters: [
        {
          ...{ kind: 'hazard', rule: 'smoke', ruleVersion: 1, urgency: 'emergency', tier: 1 },
          ...{ committee: town.a.committee, post: town.a.posts.worker, words: null },
          ...{ openedAt, acknowledgeBy: at(5), dueAt: at(20), acknowledgedAt: at(1) },
          ...{ setOutAt: at(2), arrivedAt: at(9), closedAt: at(30), outcome: 'hazard-real' },
        },
      ],
    }
  },
}

/** A table of one person, who lives nowhere. */
const residents = table('residents', [{ name: '来客' }])

/** As a passkey answers, of nobody. */
const nobodys = { id: 'A', clientDataJSON: 'A', authenticatorData: 'A', signature: 'A' }

/** What the browser is asked, and what its key answers to that. */
async function signed(
  world: World,
  caller: Caller,
  path: string,
  answer: (options: Parameters<SoftKey['get']>[0]) => object,
): Promise<object> {
  const begun = await world.call(caller, 'POST', `/api/identity/passkeys${path}`, '{}')
  if (begun.status === 200) return answer(JSON.parse(begun.text))
  return path === '/begin'
    ? { id: 'A', clientDataJSON: 'A', attestationObject: 'A', transports: [] }
    : nobodys
}
