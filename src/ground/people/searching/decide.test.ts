import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HomeCode } from '../../../kernel/ids.ts'
import { chineseNumber, piecesOf, queryOf, wordsOf } from './decide.ts'
import type { Facts } from './types.ts'

const committee = '310104011013'
const compounds = [
  { code: `${committee}-01`, name: '凌兆一村' },
  { code: `${committee}-02`, name: '凌兆十二村' },
  { code: '310104011014-01', name: '凌兆一村' },
]
const hashes = {
  tail: (text: string) => [`old${text}`, `new${text}`],
  number: (text: string) => [`full${text.replaceAll('-', '')}`],
}

function someone(name: string, more: Partial<Facts> = {}): Facts {
  const home = `${committee}-01-26-501` as HomeCode
  const homes = [{ home, building: '1幢' }]
  return { committee, name, reading: null, homes, tails: ['new5678'], numbers: [], ...more }
}

/** As PostgreSQL judges: all terms, of each one way, of each way all words. */
function isFound(facts: Facts, words: string): boolean {
  const query = queryOf(piecesOf(words, compounds), committee, compounds, hashes)
  if (query === undefined) return false
  const own = wordsOf(facts)
  const parts = query.match(/'[^']*'(?::\*)?|[()&|]/g) ?? []
  const isThere = (part: string) => {
    const text = part.split("'")[1] ?? ''
    return part.endsWith('*') ? own.some((one) => one.startsWith(text)) : own.includes(text)
  }
  const one = (): boolean => {
    const part = parts.shift() ?? ''
    if (part !== '(') return isThere(part)
    const inner = any()
    parts.shift()
    return inner
  }
  const joined = (sign: '&' | '|', next: () => boolean): boolean => {
    const all = [next()]
    while (parts[0] === sign && parts.shift()) all.push(next())
    return sign === '&' ? all.every(Boolean) : all.some(Boolean)
  }
  const every = () => joined('&', one)
  const any = () => joined('|', every)
  return any()
}

test.each([
  // Two letters, one surname, the whole name, a letter of it.
  ['王小明', '王小', true],
  ['王小明', '小明', true],
  ['王小明', '王', true],
  ['王小明', '王小明', true],
  ['王小明', '王明', false],
  ['王小明', '李', false],
  // Rare characters, beyond 16 bits and unknown to the dictionary of readings.
  ['𠮷田', '𠮷', true],
  ['𠮷田', '𠮷田', true],
  ['李䶮', '䶮', true],
  ['李䶮', 'liyan', true],
  ['𠮷田', 'tian', true],
  // Names with a dot, with and without it, whichever dot.
  ['阿依古丽·买买提', '阿依古丽·买买提', true],
  ['阿依古丽·买买提', '古丽买买', true],
  ['阿依古丽·买买提', '阿依古丽•买', true],
  ['阿依古丽买买提', '阿依古丽·买买提', true],
  ['阿依古丽·买买提', 'ayigulimaimaiti', true],
  // Latin names.
  ['Anna Müller', 'muller', true],
  ['Anna Müller', 'annam', true],
  ['Anna Müller', 'müll', true],
])('%s is found by %s: %s', (name, words, is) => {
  expect(isFound(someone(name), words)).toBe(is)
})

test.each([
  ['王小明', 'wang', true],
  ['王小明', 'WANGXIAOMING', true],
  ['王小明', 'wangx', true],
  ['王小明', 'wang xiaoming', true],
  ['王小明', 'wxm', true],
  ['王小明', 'wangxm', true],
  ['王小明', 'xiaoming', true],
  ['王小明', 'wáng', true],
  ['王小明', 'angx', false],
  ['吕布', 'lü', true],
  ['吕布', 'lv', true],
  ['吕布', 'lubu', true],
  // Surnames that are read otherwise than the character usually is; both are found.
  ['单雄信', 'shanxx', true],
  ['单雄信', 'danxiongxin', true],
  ['仇和', 'qiuhe', true],
  ['解晓东', 'xie', true],
  ['曾国藩', 'zgf', true],
  ['朴树', 'piao', true],
  ['翟天临', 'zhai', true],
  ['欧阳修', 'ouyangx', true],
])('%s by the sound %s: %s', (name, words, is) => {
  expect(isFound(someone(name), words)).toBe(is)
})

test('a reading that was said takes the place of the dictionary', () => {
  const facts = someone('乐天𠮷', { reading: 'le tian ji' })
  expect(['letianji', 'ltj', 'tianji'].map((words) => isFound(facts, words))).toEqual([
    ...[true, true, true],
  ])
  expect(isFound(facts, 'yuetian')).toBe(false)
})

test.each([
  ...['26号501', '26号501室', '２６号５０１', '二十六号五〇一室', '二十六号501', '26-501'],
  ...['1-26-501', '1幢26单元501', '一幢501室', '26号', '26号0501', '501', '501室', '1号楼26号501'],
  ...['凌兆一村26号501', '凌兆1村26-501', '凌兆一村', '凌兆', '凌兆１村 501室'],
  ...[
    '王小明 26号',
    '26号501 王',
    '凌兆一村王小明',
    'wxm 501室',
    '26号5楼501室',
    '5678',
    '王 5678',
  ],
])('the address or number %s finds who lives at 1幢26号501室', (words) => {
  expect(isFound(someone('王小明'), words)).toBe(true)
})

test.each([
  ...['27号501', '26号502', '26-502', '2幢', '凌兆十二村26号501', '501室 李', '5679', '26号5678'],
])('%s does not', (words) => {
  expect(isFound(someone('王小明'), words)).toBe(false)
})

test('a stair written 一号, １号 and 1号 is the same one', () => {
  const home = `${committee}-01-1-101` as HomeCode
  const facts = someone('王小明', { homes: [{ home, building: '甲' }] })
  for (const words of ['1号', '１号', '一号', '01号', '1号101', '一号101室']) {
    expect([words, isFound(facts, words)]).toEqual([words, true])
  }
})

test('a whole telephone or identity number finds its person', () => {
  const facts = someone('王小明', { numbers: ['full13812345678', 'full11010519491231002X'] })
  for (const words of [
    '13812345678',
    '11010519491231002x',
    '138-1234-5678',
    '１３８１２３４５６７８',
  ]) {
    expect([words, isFound(facts, words)]).toEqual([words, true])
  }
})

test('each word begins with the committee; of another one nothing is ever asked', () => {
  expect(wordsOf(someone('王小明')).every((one) => one.startsWith(committee))).toBe(true)
  const query = queryOf(piecesOf('王 26号', compounds), '310104011014', compounds, hashes)
  const named = [...(query ?? '').matchAll(/'([^']*)'/g)].map(([, word]) => word?.slice(0, 12))
  expect(new Set(named)).toEqual(new Set(['310104011014']))
})

test('whatever is typed, a query is made of quoted letters and digits alone', () => {
  const nasty = fc.string({ unit: 'binary', maxLength: 60 })
  const syntax = fc.stringMatching(/^[a-z0-9 '"\\:*&|!()<>\-王号村]{0,60}$/)
  fc.assert(
    fc.property(fc.oneof(nasty, syntax), (words) => {
      const query = queryOf(piecesOf(words, compounds), committee, compounds, hashes)
      expect(query ?? '').toMatch(/^(?:'[\p{L}\p{N}\p{M}]+'(?::\*)?|[()&| ])*$/u)
    }),
    { numRuns: 1_000 },
  )
})

test.each([
  ['十', 10],
  ['十二', 12],
  ['二十', 20],
  ['二十六', 26],
  ['一百零五', 105],
  ['五〇一', 501],
  ['两百', 200],
  ['王', undefined],
])('%s is %s', (text, number) => {
  expect(chineseNumber(text)).toBe(number)
})
