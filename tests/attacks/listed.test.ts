import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const rows = readFileSync('SECURITY.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, attack, file, name] = /^\| (.+) \| `(.+\.test\.ts)` \| (.+) \|$/.exec(line) ?? []
    return attack && file && name ? [{ attack, file, name }] : []
  })

test('each attack of SECURITY.md is held by a test of that file and name', () => {
  expect(rows.length).toBeGreaterThan(30)
  const gone = rows.filter(({ file, name }) => !readFileSync(file, 'utf8').includes(name))
  expect(gone).toEqual([])
})

test('and each file of attacks stands there', () => {
  const listed = new Set(rows.map(({ file }) => file))
  const files = globSync('tests/attacks/*.test.ts').filter((path) => !path.includes('listed'))
  expect(files.filter((path) => !listed.has(path))).toEqual([])
})
