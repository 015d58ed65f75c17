import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bornOnIn, idNumberIn, masked, phoneIn, tailOf } from './written.ts'

test.each([
  // The example of GB 11643 itself.
  ['11010519491231002X', '11010519491231002X'],
  ['11010519491231002x', '11010519491231002X'],
  ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
  ['110105 19491231 002X', '11010519491231002X'],
  ['440524188001010014', '440524188001010014'],
  // A wrong check digit, and X for 10 alone.
  ['110105194912310021', undefined],
  ['440524188001010015', undefined],
  // No such day: 30 February.
  ['110105194902300020', undefined],
  ['01010519491231002X', undefined],
  ['1101051949123100X2', undefined],
  ['110105491231002', undefined],
  ['', undefined],
])('%s is the identity number %s', (written, kept) => {
  expect(idNumberIn(written)).toBe(kept)
})

test('of all last characters exactly one is right', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(
        /^31010[1-9](19[3-9]|200)[0-9](0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}$/,
      ),
      (head) => {
        const right = [...'0123456789X'].filter(
          (last) => idNumberIn(`${head}${last}`) !== undefined,
        )
        expect(right).toHaveLength(1)
      },
    ),
  )
})

test('one wrong digit is always noticed', () => {
  const number = '11010519491231002X'
  for (let at = 14; at < 17; at++) {
    for (const digit of '0123456789') {
      if (digit === number[at]) continue
      expect(idNumberIn(number.slice(0, at) + digit + number.slice(at + 1))).toBeUndefined()
    }
  }
})

test('it says the birthday', () => {
  expect(bornOnIn('11010519491231002X')).toBe('1949-12-31')
})

test.each([
  ['+86 138 0000 0001', '13800000001'],
  ['0086-13800000001', '13800000001'],
  ['１３８００００００００１', '138000000001'],
  ['021-5550-0100', '021-5550-0100'],
  ['abc', undefined],
  ['138', undefined],
])('%s is the telephone %s', (written, kept) => {
  expect(phoneIn(written)).toBe(kept)
})

test.each([
  ['phone', '13812345678', '138****5678'],
  ['phone', '021-5550-0100', '021****0100'],
  ['phone', '55501', '*****'],
  ['id-number', '11010519491231002X', '**************002X'],
] as const)('a %s %s is shown as %s', (kind, number, shown) => {
  expect(masked(kind, number)).toBe(shown)
})

test('the last four of both', () => {
  expect([tailOf('021-5550-0100'), tailOf('11010519491231002X')]).toEqual(['0100', '002X'])
})
