import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkDefinition } from './check.ts'
import { floorMinutes } from './consent.ts'
import type { Definition, Leaf, Tell, When } from './schema.ts'
import { tellKinds } from './schema.ts'
import { shippedRules } from './shipped/index.ts'
import { changed, street } from './testing/changed.ts'

const life = (minutes: number): Leaf => ({ is: 'silence', signs: null, minutes })
const open = { kind: 'door-contact', states: ['open'] } as const
const moved = { kind: 'motion', states: ['occupied'] } as const
const leaf = fc.constantFrom<Leaf>(
  ...[life(floorMinutes), life(floorMinutes + 60), life(floorMinutes - 1), life(60)],
  { is: 'silence', signs: [{ ...open, states: ['open'] }], minutes: 9_999 },
  {
    is: 'sequence',
    first: { ...open, states: ['open'] },
    then: { ...moved, states: ['occupied'] },
    minutes: 30,
  },
  { is: 'state', signal: { ...open, states: ['open'] }, minutes: 0 },
)
const inner = fc.oneof(
  leaf,
  leaf.map((of) => ({ is: 'not', of }) as const),
)
const joining = <T>(part: fc.Arbitrary<T>) =>
  fc.record({
    is: fc.constantFrom('all', 'any'),
    of: fc.array(part, { minLength: 2, maxLength: 3 }),
  })
const when = fc.oneof(
  inner,
  joining(inner),
  joining(fc.oneof(inner, joining(inner))),
) as fc.Arbitrary<When>

/** Whether it can be true while some leaves are not. */
function canBe(node: When, mayBe: (leaf: Leaf) => boolean): { true: boolean; false: boolean } {
  if (node.is === 'not') {
    const of = canBe(node.of, mayBe)
    return { true: of.false, false: of.true }
  }
  if (node.is !== 'all' && node.is !== 'any') return { true: mayBe(node), false: true }
  const parts = node.of.map((one) => canBe(one, mayBe))
  return node.is === 'all'
    ? { true: parts.every((one) => one.true), false: parts.some((one) => one.false) }
    : { true: parts.some((one) => one.true), false: parts.every((one) => one.false) }
}

const isFloor = (one: Leaf) => one.is === 'silence' && !one.signs && one.minutes >= floorMinutes

test('whatever is combined: nobody is sent before the floor, and what waits for it is taken', () => {
  fc.assert(
    fc.property(when, (condition) => {
      const { checked, problems } = checkDefinition(changed('care-silence', { when: condition }), {
        street,
      })
      const isEarly = canBe(condition, (one) => !isFloor(one)).true
      const others = problems.filter(({ because }) => because !== 'one-silence-of-life')
      if (isEarly) {
        expect(checked).toBeUndefined()
        expect(others.every(({ because }) => because === 'below-floor')).toBe(true)
      } else expect(others).toEqual([])
    }),
    { numRuns: 2_000 },
  )
})

test('whatever the condition: an ask tells the person and the contact, nobody else', () => {
  const tells = fc.uniqueArray(fc.constantFrom<Tell>(...tellKinds), { minLength: 1 })
  fc.assert(
    fc.property(when, tells, (condition, told) => {
      const steps = told.map((tell) => ({ tell, withinMinutes: 30 }))
      const rule = changed('care-habit', { when: condition, steps })
      if (!checkDefinition(rule, { street }).checked) return
      expect(told.every((tell) => tell === 'person' || tell === 'contact')).toBe(true)
    }),
  )
})

test('whatever a rule of agreed care becomes: without consent it is no rule', () => {
  const personal = shippedRules().filter((one) => one.definition.consent !== null)
  const some = fc.constantFrom(...personal.map(({ definition }) => definition.rule))
  const changes = fc.record(
    {
      when,
      per: fc.constantFrom<Definition['per']>('device', 'home', 'stair', 'compound'),
      act: fc.constantFrom<Definition['act']>('ask', 'visit', 'look', 'repair'),
      isEmergency: fc.boolean(),
      isCovered: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(some, changes, (rule, others) => {
      const { problems } = checkDefinition(changed(rule, { ...others, consent: null }), { street })
      expect(problems).toContainEqual({ field: 'consent', because: 'consent-missing' })
    }),
  )
})
