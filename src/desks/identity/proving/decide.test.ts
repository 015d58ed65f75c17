import { describe, expect, test } from 'vitest'
import type { PersonId } from '../../../kernel/ids.ts'
import { comparable, grouped, whoOf } from './decide.ts'

const none = new Set<PersonId>()
const of = (person: string, name: string, age: number | null = 40) => ({
  ...{ person: person as PersonId, name, age },
})

describe('a name is the same', () => {
  test.each([
    ['阿不都·热合曼', '阿不都•热合曼'],
    ['阿不都·热合曼', '阿不都热合曼'],
    ['阿不都·热合曼', '阿不都・热合曼'],
    ['阿不都·热合曼', '阿不都．热合曼'],
    ['R\u00e9n\u00e9', 'Re\u0301ne\u0301'],
    ['Wang Wei', 'wang wei'],
    ['王伟', '王 伟'],
  ])('%s as %s', (one, other) => expect(comparable(one)).toBe(comparable(other)))

  test.each([
    ['𠮷田', '吉田'],
    ['䶮', '龑'],
    ['张伟', '张玮'],
    ['张伟', '张伟明'],
  ])('and %s is not %s', (one, other) => expect(comparable(one)).not.toBe(comparable(other)))
})

describe('who somebody is among those of a home', () => {
  const home = [of('a', '沈阿宝'), of('b', '沈小宝', 12), of('c', '李四'), of('d', '李四')]

  test('the one adult of that name; unknown age counts as adult', () => {
    expect(whoOf('沈阿宝', home, none, none)).toEqual({ is: 'a' })
    expect(whoOf('王五', [of('e', '王五', null)], none, none)).toEqual({ is: 'e' })
  })

  test('nobody of that name, a child, two of it, one held, one with a number of two', () => {
    const nobody = { claim: 'not-registered', person: null }
    expect(whoOf('沈阿', home, none, none)).toEqual(nobody)
    expect(whoOf('沈小宝', home, none, none)).toEqual(nobody)
    expect(whoOf('', home, none, none)).toEqual(nobody)
    expect(whoOf('李四', home, none, none)).toEqual({ claim: 'two-of-that-name', person: null })
    const a = new Set(['a' as PersonId])
    expect(whoOf('沈阿宝', home, a, none)).toEqual({ claim: 'held-by-another', person: 'a' })
    expect(whoOf('沈阿宝', home, none, a)).toEqual({ claim: 'same-id-number', person: 'a' })
  })
})

test('a code is printed in groups', () => {
  expect(grouped('0123456789')).toBe('012 345 6789')
})
