import { createConfig, lintFromString } from '@redocly/openapi-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { every } from './rig/contracts.ts'
import { openTestProgram, type TestProgram } from './rig/program.ts'

let rig: TestProgram
let document: any

beforeAll(async () => {
  rig = await openTestProgram()
  document = await rig.ask('', 'GET', '/openapi.json')
})
afterAll(() => rig[Symbol.asyncDispose]())

test('a public linter finds no error', async () => {
  const config = await createConfig({ extends: ['recommended'] })
  const problems = await lintFromString({ source: JSON.stringify(document), config })
  const errors = problems.filter(({ severity }) => severity === 'error')
  const said = errors.map(({ ruleId, message, location: [at] }) => {
    return `${ruleId}: ${message} (${at && 'pointer' in at ? at.pointer : ''})`
  })
  expect(said).toEqual([])
})

test('the linter finds what is wrong, where something is', async () => {
  const config = await createConfig({ extends: ['recommended'] })
  const broken = structuredClone(document)
  const [path] = Object.keys(broken.paths)
  broken.paths[path ?? ''].get = { responses: {} }
  const problems = await lintFromString({ source: JSON.stringify(broken), config })
  expect(problems.filter(({ severity }) => severity === 'error').length).toBeGreaterThan(0)
})

test.each(every)('$name says in full what it answers, and how it refuses', ({ name, endpoint }) => {
  const at = document.paths[`/api${endpoint.get ?? endpoint.post}`]
  const { responses } = at[endpoint.get ? 'get' : 'post']
  expect(Object.keys(responses).toSorted(), name).toEqual(['200', 'default'])
  const [answer, refusal] = [responses['200'], responses.default].map(
    (one) => one.content['application/json'].schema,
  )
  expect(answer).toMatchObject({ type: 'object', additionalProperties: false })
  expect(refusal.required).toEqual(['fault', 'sentence'])
})
