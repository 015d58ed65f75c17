import { expect, test } from 'vitest'
import { asvsCounts, missingIn, readAsvs, wrongIn } from '../rig/asvs.ts'

const lines = readAsvs()

test('each line of ASVS, levels 1 and 2, is answered once, in order, with where or why', () => {
  expect(lines).toHaveLength(asvsCounts.lines)
  expect(wrongIn(lines)).toEqual([])
})

test('all that is named to show a line stands in the tree, tests by their names', () => {
  expect(missingIn(lines)).toEqual([])
})

test('a line that is twice, says nothing, or is shown by what is gone is found', () => {
  const [first] = lines
  if (!first) throw new Error('no lines')
  const gone = { ...first, where: ['tests/nowhere.test.ts › x', 'SECURITY.md › no such words'] }
  expect(missingIn([gone])).toHaveLength(2)
  expect(missingIn([{ ...first, where: ['../elsewhere', 'npm run nothing'] }])).toHaveLength(2)
  expect(wrongIn([...lines, first]).join()).toContain('not behind')
  const unsaid = { ...first, verdict: 'not met' as const, because: '' }
  expect(wrongIn([unsaid, ...lines.slice(1)])).toEqual([
    `${first.id}: not met, and it is not said why`,
  ])
})
