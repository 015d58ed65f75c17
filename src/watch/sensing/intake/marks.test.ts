import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  giveBack,
  isTaken,
  marksFrom,
  newMarks,
  pairsOf,
  rangesMax,
  take,
  top,
  type Marks,
} from './marks.ts'

function marksOf(...numbers: number[]): Marks {
  const marks = newMarks()
  for (const number of numbers) take(marks, number)
  return marks
}

describe('marks', () => {
  test('a device that counts on is one range however long', () => {
    const marks = newMarks()
    for (let i = 0; i < 100_000; i++) take(marks, i)
    expect(pairsOf(marks)).toEqual([[0, 99_999]])
  })

  test.each([
    {
      what: 'apart',
      numbers: [5, 1, 9],
      pairs: [
        [1, 1],
        [5, 5],
        [9, 9],
      ],
    },
    { what: 'below and touching', numbers: [5, 4], pairs: [[4, 5]] },
    { what: 'above and touching', numbers: [4, 5], pairs: [[4, 5]] },
    { what: 'filling a hole of one', numbers: [4, 6, 5], pairs: [[4, 6]] },
    {
      what: 'a hole of two stays',
      numbers: [4, 7, 5],
      pairs: [
        [4, 5],
        [7, 7],
      ],
    },
  ])('$what', ({ numbers, pairs }) => {
    expect(pairsOf(marksOf(...numbers))).toEqual(pairs)
  })

  test('any order of any numbers: each is new once, and a duplicate ever after', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 })
    fc.assert(
      fc.property(numbers, (all) => {
        const marks = newMarks()
        const seen = new Set<number>()
        for (const number of all) {
          expect(isTaken(marks, number)).toBe(seen.has(number))
          if (!seen.has(number)) take(marks, number)
          seen.add(number)
          expect(top(marks)).toBe(Math.max(...seen))
        }
        for (let n = 0; n <= 400; n++) {
          expect(isTaken(marks, n)).toBe(seen.has(n))
        }
        expect(marksFrom(pairsOf(marks))).toEqual(marks)
      }),
    )
  })

  test('what is given back is new again, and nothing else', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1 })
    fc.assert(
      fc.property(numbers, fc.nat(), (all, at) => {
        const marks = marksOf(...all)
        const back = all[at % all.length]!
        giveBack(marks, back)
        const left = all.filter((one) => one !== back)
        expect(pairsOf(marks)).toEqual(pairsOf(marksOf(...left)))
      }),
    )
  })

  test('giving back what was not taken changes nothing', () => {
    const marks = marksOf(1, 2, 5)
    giveBack(marks, 4)
    giveBack(marks, 9)
    expect(pairsOf(marks)).toEqual([
      [1, 2],
      [5, 5],
    ])
  })

  test('more holes than are kept join the oldest: a number in a joined hole is a copy', () => {
    const marks = newMarks()
    for (let i = 0; i <= rangesMax; i++) take(marks, i * 10)
    expect(pairsOf(marks)).toHaveLength(rangesMax)
    expect(pairsOf(marks)[0]).toEqual([0, 10])
    expect(isTaken(marks, 5)).toBe(true)
    expect(isTaken(marks, 15)).toBe(false)
  })
})
