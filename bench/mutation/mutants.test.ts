import { expect, test } from 'vitest'
import { mutantsOf } from './mutants.ts'

const made = (source: string, wish: Parameters<typeof mutantsOf>[1] = {}) =>
  mutantsOf(source, wish).map(({ source: changed }) => changed)

test.each<[string, string, string[]]>([
  ['a condition', 'if (a) b = c', ['if (true) b = c', 'if (false) b = c', 'if (a) ;']],
  ['a choice', 'x = a ? b : c', [';', 'x = (true) ? b : c', 'x = (false) ? b : c']],
  ['and', 'const x = a && b', ['const x = a || b']],
  ['or, not', 'const x = !a || b', ['const x = !a && b', 'const x = a || b']],
  ['an edge', 'const x = a < b', ['const x = a <= b', 'const x = a >= b']],
  ['the other edge', 'const x = a >= b', ['const x = a > b', 'const x = a < b']],
  ['what stands instead of nothing', 'const x = a ?? b', ['const x = a']],
  ['a number', 'const days = 30', ['const days = 31']],
  ['a list', 'const x = [a]', ['const x = []']],
  ['something done', 'await told(a)', [';']],
  [...(['an answer', 'function f() { return a }'] as const), ['function f() { return undefined }']],
  ['one that is asked of each', 'const f = (x) => x.y', ['const f = (x) => undefined']],
  ['some for every', 'const x = a.some(f)', ['const x = a.every(f)']],
  ['a filter', "const x = a.where('b', '=', c).go()", ['const x = a.go()']],
  ['a line of a statement', 'const x = `a\n  and b\n  c`', ['const x = `a\n  c`']],
])('%s is written otherwise', (_, source, expected) => {
  expect(made(source)).toEqual(expected)
})

test('a word that decides is another, and one that only names something is not', () => {
  const source = "const x = a === 'yes', y = go('name')"
  expect(made(source)).toEqual([
    "const x = a !== 'yes', y = go('name')",
    "const x = a === 'another', y = go('name')",
  ])
  expect(made(source, { words: false })).toHaveLength(1)
  expect(made("const x = fault('moved-on')")).toEqual(["const x = fault('another')"])
})

test('types and imports change nothing that runs, what is cast does', () => {
  expect(made("import { a } from 'b'\ntype A = 'x' | 'y'\nfunction f(a: 1): 2 {}")).toEqual([])
  expect(made('const x = (a || b) as 1')).toEqual(['const x = (a && b) as 1'])
})

test('only of the parts that are named', () => {
  const source = 'function f() { return a }\nexport const b = 1, c = 2\nconst d = 3'
  expect(made(source, { parts: ['b'] })).toEqual([
    'function f() { return a }\nexport const b = 2, c = 2\nconst d = 3',
    'function f() { return a }\nexport const b = 1, c = 3\nconst d = 3',
  ])
})

test('lines and places are right behind signs of more than one byte, again and again', () => {
  const source = "/** 里弄 𠮷 */\nconst name = '居委'\n\nconst x = a < b // 里"
  for (let n = 0; n < 3; n++) {
    const [first] = mutantsOf(source)
    expect(first).toMatchObject({ line: 4, was: 'a < b', becomes: 'a <= b' })
    expect(first).toMatchObject({ text: 'const x = a < b // 里' })
    expect(first?.source).toBe(source.replace('a < b', 'a <= b'))
  }
})
