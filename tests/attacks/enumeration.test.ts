/**
 * Who is known here is told neither by an answer nor by how long it takes: the same statements
 * reach the database, in the same order, for somebody who is there and for somebody who is not.
 * A clock would tell less: it hears the noise of the machine, too.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { Server } from 'node:http'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Jar } from '../rig/jar.ts'
import { openProving, type Proving } from '../rig/proving.ts'
import type { Answer } from '../rig/program.ts'

let it: Proving
/** The statements that requests sent since somebody was ready to ask. */
let heard: string[] = []
const plainQuery = pg.Client.prototype.query
/**
 * What a request sets off, however late, is of the list of its time; what the program does by
 * itself is of none.
 */
const listOf = new AsyncLocalStorage<string[]>()
const plainEmit = Server.prototype.emit

beforeAll(async () => {
  pg.Client.prototype.query = function listening(this: pg.Client, ...given: any[]) {
    const [first] = given
    const text = typeof first === 'string' ? first : String(first?.text ?? '')
    listOf.getStore()?.push(text.replaceAll(/\s+/g, ' '))
    return (plainQuery as any).apply(this, given)
  } as typeof plainQuery
  Server.prototype.emit = function listening(this: Server, ...given: any[]) {
    const emit = () => (plainEmit as any).apply(this, given)
    return given[0] === 'request' ? listOf.run(heard, emit) : emit()
  } as typeof plainEmit
  it = await openProving()
})
afterAll(async () => {
  pg.Client.prototype.query = plainQuery
  Server.prototype.emit = plainEmit
  await it[Symbol.asyncDispose]()
})
beforeEach(() => it.empties())

/** Who asks, made ready before; then the question. */
type Way = { ready?: () => Promise<Jar> | Jar; asks: (jar: Jar) => Promise<Answer> }

async function listenTo({ ready = () => it.browser(), asks }: Way) {
  const jar = await ready()
  await it.town.owner('delete from identity.attempt')
  heard = []
  const { status, body } = await asks(jar)
  // What is sent after the answer has gone belongs to it, too.
  await new Promise((after) => setTimeout(after, 100))
  return { status, body, statements: [...heard] }
}

/** Each once in vain: what is made ready at its first use is ready then. */
async function expectAlike(there: Way, notThere: Way): Promise<void> {
  for (const way of [there, notThere]) await listenTo(way)
  const first = await listenTo(there)
  expect(first.statements.length).toBeGreaterThan(2)
  expect(await listenTo(notThere)).toEqual(first)
}

let numbers = 0
const newPhone = () => `138${String(20_000_000 + numbers++)}`

test('asking for a code: a telephone with an account, one of the register, one of nobody', async () => {
  const [known, registered] = [newPhone(), newPhone()]
  await it.signIn(known)
  const person = await it.moveIn('有电话的人', undefined, { phone: registered })
  const ask = (phone: () => string): Way => ({
    ready: async () => {
      // One a minute is sent to a telephone.
      it.passes(61_000)
      return it.browser()
    },
    asks: async (jar) => {
      const { status, body } = await it.ask(jar, phone())
      return { status, body: { waitMs: body.waitMs, lastsMs: body.expiresAt - body.sentAt } }
    },
  })
  await expectAlike(
    ask(() => known),
    ask(newPhone),
  )
  await expectAlike(
    ask(() => registered),
    ask(newPhone),
  )
  await it.moveOut(person)
})

test('a wrong code: of an account, of nobody, of one who asked for none', async () => {
  const known = newPhone()
  await it.signIn(known)
  const use = (phone: () => string): Way => ({ asks: (jar) => it.use(jar, phone(), '000000') })
  await expectAlike(
    use(() => known),
    use(newPhone),
  )
  const open = newPhone()
  it.passes(61_000)
  await it.ask(it.browser(), open)
  // Of another browser a code is open: this one is not told so.
  await expectAlike(
    use(() => open),
    use(newPhone),
  )
})

test('asking a household: somebody of that name, nobody of it, and a home without people', async () => {
  const ask = (home: string, name: string): Way => ({
    ready: () => it.account(),
    asks: async (jar) => {
      const { status, body } = await jar.post('/api/identity/home/ask', { home, name })
      return { status, body }
    },
  })
  const [full = '', , , empty = ''] = it.a.homes
  await expectAlike(ask(full, it.a.elder.name), ask(full, '没有这个人'))
  await expectAlike(ask(full, it.a.elder.name), ask(empty, it.a.elder.name))
})

test('the code of a letter that was used, and one that was never made', async () => {
  const { code } = await it.letterTo(it.a.homes[0]!)
  expect((await it.byLetter(await it.account(), code, it.a.elder.name)).status).toBe(200)
  const enter = (written: string, name: string): Way => ({
    ready: () => it.account(),
    asks: (jar) => it.byLetter(jar, written, name),
  })
  await expectAlike(enter(code, it.a.elder.name), enter('123 456 7890', '没有这个人'))
})
