/** One street in which somebody reports, and another officer keeps reporters. */
import { randomBytes } from 'node:crypto'
import type { Answer } from './program.ts'
import { openStreets, type Actor, type Streets } from './streets.ts'
import { dayMs } from '../../src/kernel/clock.ts'
import type { AccountId, PersonId, StreetCode } from '../../src/kernel/ids.ts'
import { digest } from '../../src/platform/secrets.ts'
import { openSession } from '../../src/desks/identity/index.ts'

/** Nobody else of the tests is called so or has that number. */
export const canary = { name: '鹂鸣燕', phone: '13977766655' }
export const words = '三楼过道堆满了纸箱'

export type Page = {
  get(path: string): Promise<Answer>
  post(path: string, body: object): Promise<Answer>
}
/** Somebody who has just shown who they are, each time. */
export type Shown = Pick<Page, 'post'>
type Wish = { account?: AccountId; street?: StreetCode; person?: PersonId; secret?: string }

export async function openReporting(wish: { distDir?: string } = {}) {
  const town = await openStreets({ ...wish, everyRole: true, neighbours: true })
  const { street, homes } = town.a
  const compound = homes[0]!.split('-').slice(0, 2).join('-')
  const stair = homes[0]!.split('-').slice(0, 3).join('-')
  const page = (wish: Wish) => pageOf(town, wish)
  const shown = (of: StreetCode, person: PersonId): Shown => ({
    post: async (path, body) => (await page({ street: of, person })).post(path, body),
  })
  const person = await registered(town, { ...canary, home: homes[2]! })
  const officer = shown(street, town.a.officer.person)
  const second = await registered(town, { name: '长官二', phone: '13811110000', home: null })
  const postId = await secondOfficer(town, second)
  const keeper = { ...shown(street, second), person: second, postId }
  return {
    ...{ town, stair, compound, page, shown, officer, keeper },
    reporter: { person, ...(await page({ street, person })) },
    report: (who: Shown, wish: object = {}) =>
      who.post('/tasks/report', { place: stair, what: 'crowding', words, ...wish }),
    open: (who: Shown, task: string, reason = 'to-ask-back') =>
      who.post('/privacy/reporters/open', { task, reason }),
    name: (who: Shown, post: string) => who.post('/duties/posts/keeper', { post }),
    byToken: (who: Actor): Page => ({
      get: (path) => who.get(`/api${path}`),
      post: (path, body) => who.post(`/api${path}`, body),
    }),
    async taskOf(what: string, place = stair) {
      const [task] = await town.owner(
        "select * from tasks.task where rule = $1 and place = $2 and state <> 'closed'",
        [`reported-${what}`, place],
      )
      return task
    },
    rowsIn: async (table: string): Promise<number> =>
      (await town.owner(`select count(*)::int as n from ${table}`))[0].n,
    looksAtReporter: () =>
      town.owner('select * from privacy.look where person = $1 order by id', [person]),
    /** So that nobody's limit of the day stands in the way of the next test. */
    nextDay: () => town.clock.set({ at: town.clock.now() + dayMs }),
  }
}

/** A browser in which somebody has just signed in. */
async function pageOf(town: Streets, { account, street, person, secret }: Wish): Promise<Page> {
  const device = secret ?? randomBytes(32).toString('base64url')
  const { token } = await openSession(town.program.given, {
    account: account ?? null,
    holder: street && person ? { street, person } : null,
    openedBy: 'link',
    browser: { device: () => digest(device), userAgent: '' },
    isSteppedUp: true,
  })
  const call = async (path: string, more: RequestInit) => {
    const cookie = `lilong=${token}; lilong-device=${device}`
    const answer = await fetch(`${town.program.url}/api${path}`, {
      ...more,
      headers: { cookie, ...(more.body ? { 'content-type': 'application/json' } : {}) },
    })
    return { status: answer.status, body: await answer.json() }
  }
  return {
    get: (path) => call(path, {}),
    post: (path, body) => call(path, { method: 'POST', body: JSON.stringify(body) }),
  }
}

export async function registered(
  town: Streets,
  one: { name: string; phone: string; home: string | null },
): Promise<PersonId> {
  const { body } = await town.a.officer.post('/api/people', {
    ...{ ...one, bornOn: null, livesAlone: false },
  })
  return body.person
}

async function secondOfficer(town: Streets, person: PersonId): Promise<string> {
  const [{ body }] = await town.owner(
    "select id as body from duties.body where kind = 'street' and street = $1",
    [town.a.street],
  )
  const held = { body, title: '接件员', person, rank: 2 }
  return (await town.a.officer.post('/api/duties/posts', held)).body.post
}
