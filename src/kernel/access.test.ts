import { expect, test } from 'vitest'
import { everyStaff, levels, mayCall, reachesLevel, staffRoles } from './access.ts'

test('everybody in a post reaches as far as it says, in whatever kind of body', () => {
  const reach = everyStaff('task')
  expect(Object.keys(reach).toSorted()).toEqual([...staffRoles].toSorted())
  expect(new Set(Object.values(reach))).toEqual(new Set(['task']))
})

test.each([
  ['holds the role', ['anyone', 'committee'], true],
  ['holds another', ['anyone', 'resident'], false],
  ['holds it beside others', ['anyone', 'committee', 'resident'], true],
  ['holds nothing', [], false],
] as const)('who %s may call: %j', (_, held, may) => {
  expect(mayCall({ committee: 'committee', street: 'street' }, held)).toBe(may)
})

test('what nobody is named for, nobody may call', () => {
  expect(mayCall({}, ['anyone', 'resident', ...staffRoles, 'operator'])).toBe(false)
})

test('each level includes those before it, and none after it', () => {
  expect(levels).toEqual(['visitor', 'phone', 'resident', 'owner'])
  for (const [n, held] of levels.entries()) {
    const reached = levels.filter((demanded) => reachesLevel(held, demanded))
    expect(reached).toEqual(levels.slice(0, n + 1))
  }
})
