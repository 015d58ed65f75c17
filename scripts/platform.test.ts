import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
// @ts-expect-error plain JavaScript, which runs before anything is installed
import { placeToRun, runsOnMusl } from './platform.mjs'

const here = { platform: 'linux', arch: 'x64', isMusl: false, node: '20.19.0' }
const databaseUrl = 'postgres://db/town'

test.each([
  [here, { node: 'ours' }],
  [{ ...here, arch: 'arm64', node: '18.0.0' }, { node: 'ours' }],
  [{ ...here, databaseUrl }, { node: 'ours' }],
  [{ ...here, platform: 'darwin', node: '24.1.0', databaseUrl }, { node: 'yours' }],
  [{ ...here, isMusl: true, node: '24.1.0', databaseUrl }, { node: 'yours' }],
])('%j runs', (facts, place) => {
  expect(placeToRun(facts)).toEqual(place)
})

test.each([
  [{ ...here, node: '16.20.0' }, /Node 16\.20\.0 is too old: 18/],
  [{ ...here, platform: 'darwin' }, /this machine is darwin x64\..*LILONG_DATABASE_URL/],
  [{ ...here, arch: 'riscv64' }, /this machine is linux riscv64\./],
  [{ ...here, isMusl: true }, /this machine is linux x64 \(musl\)\./],
  [{ ...here, isMusl: true, databaseUrl }, /Node 20\.19\.0 is too old: 24/],
])('%j is refused with a sentence in both languages', (facts, sentence) => {
  const { refused } = placeToRun(facts)
  expect(refused).toMatch(sentence)
  expect(refused).toMatch(/^\p{Script=Han}|^Node [\d.]+ 太旧/u)
})

test('this machine is told apart', () => {
  expect(runsOnMusl()).toBe(false)
})

test('the start says the sentence and nothing else', () => {
  const fake = `Object.defineProperty(process, 'platform', { value: 'sunos' })`
  const args = ['--import', `data:text/javascript,${encodeURIComponent(fake)}`, 'scripts/run.mjs']
  const env = { ...process.env, LILONG_DATABASE_URL: '' }
  const { status, stderr } = spawnSync(process.execPath, [...args, 'start'], {
    encoding: 'utf8',
    env,
  })
  expect(status).toBe(1)
  expect(stderr.trim().split('\n')).toHaveLength(2)
  expect(stderr).toMatch(/this machine is sunos/)
})
