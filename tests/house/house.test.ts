import { describe, expect, test } from 'vitest'
import {
  ownSchemaOnly,
  pureFiles,
  sqlInStoreOnly,
  strangersInRooms,
  unlistedRooms,
} from './rooms.ts'
import * as shape from './shape.ts'
import { allFiles, codeFiles, type Source } from './sources.ts'

const code = codeFiles()
const files = allFiles()

describe('the house', () => {
  test.each<[string, shape.Rule]>([
    ['functions are at most 70 lines', shape.shortFunctions],
    ['every export has a name', shape.namedExports],
    ['names tell what a thing is', shape.tellingNames],
    ['classes are errors or own a resource', shape.onlyOwnersAreClasses],
    ['a store names only its own schema', ownSchemaOnly],
    ['SQL stands in the stores', sqlInStoreOnly],
    ['types, contracts, decisions and kernels are pure', pureFiles],
  ])('%s', (_, rule) => {
    expect(code.flatMap(rule)).toEqual([])
  })

  test.each<[string, shape.Rule]>([
    ['files are at most 400 lines', shape.shortFiles],
    ['lines are at most 100 letters', shape.shortLines],
    ['nothing is left for later', shape.noMarkers],
  ])('%s', (_, rule) => {
    expect(files.filter(({ path }) => path !== 'package-lock.json').flatMap(rule)).toEqual([])
  })

  test('rooms hold the nine files and no others', () => {
    expect(strangersInRooms(files)).toEqual([])
    expect(unlistedRooms(files)).toEqual([])
  })
})

describe('each rule finds what breaks it', () => {
  const long = `export function f() {\n${'  f()\n'.repeat(70)}}\n`
  test.each<[string, shape.Rule, Source, RegExp]>([
    [
      'a long function',
      shape.shortFunctions,
      at('src/a.ts', `// x\n${long}`),
      /a\.ts:2 a function of 72/,
    ],
    [
      'a long method',
      shape.shortFunctions,
      at(
        'src/a.ts',
        long.replace('export function f', 'export const o = { f').replace(/\}\n$/, '} }\n'),
      ),
      /72 lines/,
    ],
    ['a long file', shape.shortFiles, at('src/a.ts', 'f()\n'.repeat(401)), /401 lines/],
    ['a long line', shape.shortLines, at('src/a.ts', `f(${'1, '.repeat(50)})`), /a\.ts:1 has 153/],
    [
      'a default export',
      shape.namedExports,
      at('src/a.ts', '\nexport default 1'),
      /a\.ts:2 a default/,
    ],
    ['a marker', shape.noMarkers, at('src/a.css', '/* FIX' + 'ME */'), /do it now/],
    ['a test alone', shape.noMarkers, at('src/a.test.ts', 'test.on' + "ly('x', f)"), /do it now/],
    [
      'a class',
      shape.onlyOwnersAreClasses,
      at('src/a.ts', 'class Visit { go() {} }'),
      /write functions/,
    ],
    [
      'a vague function',
      shape.tellingNames,
      at('src/a.ts', 'function handleVisit() {}'),
      /"handleVisit": what happens/,
    ],
    [
      'a vague argument',
      shape.tellingNames,
      at('src/a.ts', 'function f(userInfo: 1) {}'),
      /"userInfo": which facts/,
    ],
    [
      'a vague file',
      shape.tellingNames,
      at('src/date-utils.ts', ''),
      /"date-utils": useful for what/,
    ],
    [
      'a vague suffix',
      shape.tellingNames,
      at('src/a.ts', 'const visitService = 1'),
      /"visitService"/,
    ],
    [
      "another room's schema",
      ownSchemaOnly,
      at('src/watch/care/store.ts', 'sql`select 1\nfrom people.person`'),
      /care\/store\.ts:1 names people\.person/,
    ],
    [
      "another room's table",
      ownSchemaOnly,
      at('src/watch/care/store.ts', "db.selectFrom('tasks.task')"),
      /ask the door of tasks/,
    ],
    [
      'SQL in an action',
      sqlInStoreOnly,
      at('src/watch/care/actions.ts', 'sql`select 1`'),
      /stands in its store/,
    ],
    [
      'waiting in a decision',
      pureFiles,
      at('src/watch/care/decide.ts', 'async function f() { await 1 }'),
      /waits/,
    ],
    [
      'a clock in a decision',
      pureFiles,
      at('src/watch/care/decide.ts', 'f(Date.now())'),
      /asks the clock/,
    ],
    ['a bare date', pureFiles, at('src/watch/care/types.ts', 'f(new Date())'), /asks the clock/],
    ['dice in the kernel', pureFiles, at('src/kernel/ids.ts', 'f(Math.random())'), /throws dice/],
  ])('%s', (_, rule, file, sentence) => {
    expect(rule(file)).toEqual([expect.stringMatching(sentence)])
  })

  test.each<[string, shape.Rule, Source]>([
    ['a date with an argument', pureFiles, at('src/watch/care/decide.ts', 'f(new Date(now))')],
    [
      'an error is a class',
      shape.onlyOwnersAreClasses,
      at('src/a.ts', 'class Gone extends Error {}'),
    ],
    ['a sentence is not cut', shape.shortLines, at('src/a.ts', `  en: '${'word '.repeat(40)}',`)],
    [
      'its own schema',
      ownSchemaOnly,
      at('src/watch/care/store.ts', 'sql`select 1 from care.visit`'),
    ],
    [
      'an event of another room',
      ownSchemaOnly,
      at('src/watch/care/store.ts', "f('tasks.task-closed')"),
    ],
  ])('and lets be: %s', (_, rule, file) => {
    expect(rule(file)).toEqual([])
  })

  test('a stranger in a room, a folder without a door, a room nobody listed', () => {
    const planted = [
      'src/watch/care/extra.ts',
      'src/watch/care/part/x.ts',
      'src/watch/new/index.ts',
    ]
    const all = [...files, ...planted.map((path) => at(path, ''))]
    expect(strangersInRooms(all)).toHaveLength(2)
    expect(unlistedRooms(all)).toEqual(['watch/new: list it in src/rooms.ts'])
  })
})

function at(path: string, text: string): Source {
  return { path, text }
}
