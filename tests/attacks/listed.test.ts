import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { whyGone } from '../rig/proofs.ts'

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

/** Rows of the threat model: a number, who, the control, what shows it, what is not there. */
const threats = readFileSync('SECURITY.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, who, control, proof = '', left] =
      /^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/.exec(line) ?? []
    if (number === undefined) return []
    const proofs = proof === '–' ? [] : proof.split('<br>').map((each) => each.replaceAll('`', ''))
    return [{ number: Number(number), who, control, proofs, left }]
  })

test('sixteen threats, each with what shows its control, or that there is none yet', () => {
  expect(threats.map(({ number }) => number)).toEqual(Array.from({ length: 16 }, (_, n) => n + 1))
  const bare = threats.filter(({ proofs }) => proofs.length === 0)
  expect(bare.map(({ number, control }) => ({ number, control }))).toEqual([
    { number: 5, control: 'There are no votes yet' },
  ])
})

test('and what shows it is a test of that file and name, or a command', () => {
  expect(threats.flatMap(({ proofs }) => proofs.flatMap((each) => whyGone(each) ?? []))).toEqual([])
})
