import { expect, test } from 'vitest'
import type { WrittenLook } from '../../../kernel/book.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import { together } from './together.ts'

const street = '310104011' as StreetCode
const other = '310115005' as StreetCode

function look(person: string, where = street): WrittenLook {
  return {
    ...{ street: where, person: person as PersonId, fields: ['name'], how: 'page', why: 'task' },
    ...{ matter: { kind: 'operation', id: null, label: 'test' }, at: 1, by: { kind: 'operator' } },
  }
}

type Writing = { people: string[]; street: StreetCode; end(why?: Error): void }

/** Each write stays under way until the test ends it; `pause`: between two of a street. */
function open(pause: () => Promise<void> = async () => undefined) {
  const writings: Writing[] = []
  const book = together(async (where, looks) => {
    const done = Promise.withResolvers<void>()
    const end = (why?: Error) => (why ? done.reject(why) : done.resolve())
    writings.push({ people: looks.map(({ person }) => person), street: where, end })
    await done.promise
  }, pause)
  const answered: string[] = []
  const write = async (name: string, looks: readonly WrittenLook[] = [look(name)]) =>
    book.write(looks).then(
      () => void answered.push(name),
      (why: Error) => void answered.push(`${name}: ${why.message}`),
    )
  return { writings, answered, write }
}

const rest = () => new Promise((done) => setImmediate(done))

test('what comes while one is written is written together, and answered when it is', async () => {
  const { writings, answered, write } = open()
  for (const name of ['a', 'b', 'c']) void write(name)
  await rest()
  expect(writings.map(({ people }) => people)).toEqual([['a']])
  expect(answered).toEqual([])
  writings[0]?.end()
  await rest()
  expect(answered).toEqual(['a'])
  expect(writings.map(({ people }) => people)).toEqual([['a'], ['b', 'c']])
  writings[1]?.end()
  await rest()
  expect(answered).toEqual(['a', 'b', 'c'])
  void write('d')
  await rest()
  expect(writings[2]?.people).toEqual(['d'])
})

test('two writes have a pause between them, which only the second waits for', async () => {
  const over = Promise.withResolvers<void>()
  const { writings, answered, write } = open(() => over.promise)
  void write('a')
  await rest()
  writings[0]?.end()
  await rest()
  expect(answered).toEqual(['a'])
  void write('b')
  void write('c')
  await rest()
  expect(writings).toHaveLength(1)
  over.resolve()
  await rest()
  expect(writings[1]?.people).toEqual(['b', 'c'])
})

test('what cannot be written keeps its own answer in, and no other', async () => {
  const { writings, answered, write } = open()
  for (const name of ['a', 'bad', 'c']) void write(name)
  await rest()
  writings[0]?.end()
  await rest()
  writings[1]?.end(new Error('refused'))
  await rest()
  expect(answered).toEqual(['a'])
  expect(writings[2]?.people).toEqual(['bad'])
  writings[2]?.end(new Error('refused alone'))
  await rest()
  expect(writings[3]?.people).toEqual(['c'])
  writings[3]?.end()
  await rest()
  expect(answered).toEqual(['a', 'bad: refused alone', 'c'])
})

test('streets do not wait for each other, and a call at both waits for both', async () => {
  const { writings, answered, write } = open()
  void write('a')
  void write('b', [look('b', other)])
  await rest()
  expect(writings.map((each) => each.street)).toEqual([street, other])
  void write('both', [look('one'), look('two', other)])
  writings[1]?.end()
  await rest()
  expect(answered).toEqual(['b'])
  writings[0]?.end()
  await rest()
  expect(writings[2]?.people).toEqual(['one'])
  writings[2]?.end()
  await rest()
  expect([answered, writings[3]?.people]).toEqual([['b', 'a'], ['two']])
  writings[3]?.end()
  await rest()
  expect(answered).toEqual(['b', 'a', 'both'])
})

test('no more are written at once than a thousand, unless one call alone has more', async () => {
  const { writings, write } = open()
  const many = (name: string, count: number) => Array.from({ length: count }, () => look(name))
  void write('a')
  void write('b', many('b', 600))
  void write('c', many('c', 400))
  void write('d')
  void write('e', many('e', 3_000))
  for (let at = 0; at < 4; at++) {
    await rest()
    writings[at]?.end()
  }
  await rest()
  expect(writings.map(({ people }) => people.length)).toEqual([1, 1_000, 1, 3_000])
})
