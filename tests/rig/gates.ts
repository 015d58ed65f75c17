/**
 * The walks before any object is asked for: every endpoint by every level of proof, by somebody who
 * acts for another, and by those whose right has ended.
 */
import { mayCall } from '../../src/kernel/access.ts'
import { browserOf, newAccount, newGrant, newPerson, standsAs } from './callers.ts'
import { every, inputs, type Caller, type Named } from './contracts.ts'
import { everybody, faultOf, ownInput, send, type Leak, type Walked } from './matrix.ts'
import { operatorKey, openTestProgram } from './program.ts'
import { press, visitor } from './visitor.ts'
import type { World } from './world.ts'

/** As the contract says: null where the door is open, undefined where the matter itself decides. */
type Gate = { caller: Caller; refusedAs(one: Named): string | null | undefined }

const isOpen = ({ endpoint }: Named, { holds }: Caller) => mayCall(endpoint.who, holds)

const refusals = new Set(['not-signed-in', 'not-allowed', 'level-too-low', 'in-person-only'])

/** Every caller at every door, and the levels of proof at those that demand one. */
export async function walkGates(world: World): Promise<Walked> {
  const walked: Walked = { asked: 0, leaks: [] }
  const gates = [...everybody(world).map(gateOf), ...(await levelsOf(world))]
  for (const { caller, refusedAs } of gates) {
    for (const one of every) {
      const shouldBe = refusedAs(one)
      if (shouldBe === undefined) continue
      walked.asked++
      const input = inputs[one.name]?.(world.town.a) ?? {}
      const { status, text } = await send(world, caller, one, input)
      const is = status === 200 ? null : (faultOf(text) ?? '')
      const holds = shouldBe === null ? !refusals.has(is ?? '') : is === shouldBe
      if (!holds) walked.leaks.push(leak(one, caller, `${status} ${is}, not ${shouldBe}`))
    }
  }
  return walked
}

/** What is refused at the door: to whom it is shut, and what somebody must ask for in person. */
function gateOf(caller: Caller): Gate {
  return {
    caller,
    refusedAs(one) {
      if (!isOpen(one, caller)) {
        if (caller.holds.length === 1) return 'not-signed-in'
        const isLow = caller.holds.at(-1) === 'account' && one.endpoint.who.resident !== undefined
        return isLow ? 'level-too-low' : 'not-allowed'
      }
      return caller.isActing && one.endpoint.inPerson ? 'in-person-only' : undefined
    },
  }
}

/** Visitor, phone, resident and owner, at each endpoint that demands what not all of them have. */
async function levelsOf(world: World): Promise<Gate[]> {
  const { town } = world
  const { a } = town
  const held = ['visitor', 'phone', 'resident', 'owner'] as const
  const cookies: (string | undefined)[] = [undefined, await browserOf(town, await newAccount(town))]
  for (const name of ['住户', '业主']) {
    const account = await newAccount(town)
    const person = await newPerson(a, name, a.homes[3] ?? null)
    await standsAs(town, account, { street: a.street, person })
    if (name === '业主') {
      await town.owner(
        `insert into people.ownership (street, id, home, kind, person, part, whole, is_registered,
           source, from_on)
         values ($1, gen_random_uuid(), $2, 'person', $3, 1, 1, true, 'register', '2026-01-01')`,
        [a.street, a.homes[3], person],
      )
    }
    cookies.push(await browserOf(town, account))
  }
  return held.map((level, at): Gate => {
    const cookie = cookies[at]
    const caller: Caller = {
      ...{ role: level, token: '', holds: ['anyone'] },
      ...(cookie === undefined ? {} : { cookie }),
    }
    const has = (demanded: string) => held.indexOf(demanded as never) <= at
    return {
      caller,
      refusedAs({ endpoint: { who, level: demanded = 'resident' } }) {
        if (who.resident === undefined || who.anyone || who.account) return undefined
        if (at === 0) return 'not-signed-in'
        return has(demanded) ? null : 'level-too-low'
      },
    }
  })
}

/** Each endpoint by somebody who had a right to it, and has it no more: nobody is answered. */
export async function walkEnded(world: World): Promise<Walked> {
  const walked: Walked = { asked: 0, leaks: [] }
  for (const { caller, still } of await endedIn(world)) {
    for (const one of every) {
      if (still.some((role) => one.endpoint.who[role] !== undefined)) continue
      walked.asked++
      const { status } = await send(world, caller, one, await ownInput(world, one, caller))
      if (status === 200) walked.leaks.push(leak(one, caller, 'is answered'))
    }
  }
  return walked
}

type Ended = { caller: Caller; still: readonly ('anyone' | 'account')[] }

async function endedIn(world: World): Promise<Ended[]> {
  return [...(await endedPosts(world)), ...(await endedBrowsers(world))]
}

/** One new post in each kind of body: it works, and then it is ended. */
async function endedPosts(world: World): Promise<Ended[]> {
  const { town } = world
  const { a } = town
  const [ofStreet] = await town.owner(
    "select id from duties.body where street = $1 and kind = 'street'",
    [a.street],
  )
  const bodies: [string, string][] = [
    ['committee', a.body],
    ['street', ofStreet.id],
    ...a.others.map(({ role, body }): [string, string] => [role, body]),
  ]
  const ended: Ended[] = []
  for (const [role, body] of bodies) {
    const name = `离任${role}`
    const person = await newPerson(a, name, null)
    const held = { body, title: '社工', person, rank: 5 }
    const { post } = (await a.officer.post('/api/duties/posts', held)).body
    const token = await town.tokenOf(name)
    await mustKnow(world, { role, token, holds: [] })
    await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
    const { status } = await a.officer.post('/api/duties/posts/end', { post })
    if (status !== 200) throw new Error(`${name}: the post does not end`)
    const caller = { role: `ended ${role}`, token, holds: ['anyone'] as const }
    ended.push({ caller, still: ['anyone'] })
  }
  return ended
}

/** A session that was ended, a grant that was, and a home that somebody has moved out of. */
async function endedBrowsers(world: World): Promise<Ended[]> {
  const { town } = world
  const { a } = town
  const browser = async (role: string, more: Parameters<typeof browserOf>[2] = {}) => {
    const account = await newAccount(town)
    const cookie = await browserOf(town, account, more)
    return { account, caller: { role, token: '', cookie, holds: ['anyone'] as const } }
  }
  const revoked = await browser('ended session')
  const acting = await browser('ended grant')
  const gone = await browser('moved out')
  for (const { account } of [revoked, gone]) {
    const person = await newPerson(a, '搬走', a.homes[3] ?? null)
    await standsAs(town, account, { street: a.street, person })
  }
  const grant = await newGrant(town, a, acting.account)
  await town.owner('update identity.session set grant_id = $1 where account = $2', [
    ...[grant, acting.account],
  ])
  for (const { caller } of [revoked, acting, gone]) await mustKnow(world, caller)
  const other = await browserOf(town, revoked.account)
  const away = { ...revoked.caller, cookie: other }
  await must(world.call(away, 'POST', '/api/identity/devices/end-others', '{}'))
  await must(a.elder.post('/api/identity/grants/end', { grant }))
  await town.owner(
    `update people.residence set to_at = $2 where person in
       (select person from identity.standing where account = $1)`,
    [gone.account, new Date(town.clock.now())],
  )
  return [
    { caller: revoked.caller, still: ['anyone'] },
    { caller: acting.caller, still: ['anyone', 'account'] },
    { caller: gone.caller, still: ['anyone', 'account'] },
  ]
}

/** What ends must have been: else nothing is shown by its end. */
async function mustKnow(world: World, caller: Caller): Promise<void> {
  await must(world.call(caller, 'GET', '/api/identity/me'))
}

async function must(asked: Promise<{ status: number }>): Promise<void> {
  const answer = await asked
  if (answer.status !== 200) throw new Error(JSON.stringify(answer))
}

/** The one thing that somebody may do in an empty town, and who. */
export async function walkEmptyTown(): Promise<Walked & { used: boolean }> {
  await using town = await openTestProgram({ town: 'empty' })
  const walked: Walked = { asked: 0, leaks: [] }
  const input = { street: '310104011', name: '赵明', phone: '13911112222' }
  const begin = async (by: ReturnType<typeof visitor>) => {
    walked.asked++
    return (await by.post('/api/identity/begin', input)).status
  }
  const opened = async () => {
    const { url } = await town.ask(operatorKey, 'POST', '/api/identity/owner-links', {})
    const owner = visitor(town)
    await press(town, owner, url)
    return owner
  }
  const [owner, second] = [await opened(), await opened()]
  const answers = [await begin(visitor(town)), await begin(owner), await begin(second)]
  const used = answers[1] === 200 || answers[2] === 200
  const isOnce = answers.filter((status) => status === 200).length === 1
  if (answers[0] !== 401 || !isOnce) {
    const what = `answered ${answers.join(', ')}`
    walked.leaks.push({ endpoint: 'identity.begin', role: 'owner', field: '', side: '', what })
  }
  return { ...walked, used }
}

function leak({ name }: Named, { role }: Caller, what: string): Leak {
  return { endpoint: name, role, field: '', side: 'door', what }
}
