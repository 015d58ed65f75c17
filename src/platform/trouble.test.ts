import { DatabaseError } from 'pg'
import { expect, test } from 'vitest'
import { openTroubles, troubleOf, troubles } from './trouble.ts'

const sql = (code: string, message = 'no') =>
  Object.assign(new DatabaseError(message, 1, 'error'), { code })

test.each([
  [sql('53100'), 'disk-full'],
  [sql('58030'), 'disk-failing'],
  [sql('25006'), 'read-only'],
  [sql('57P01'), 'database-away'],
  [sql('42501', 'could not open file "base/5/1": Read-only file system'), 'read-only'],
  [sql('42501', 'permission denied for table look'), undefined],
  [sql('23505'), undefined],
  [Object.assign(new Error('write'), { code: 'ENOSPC' }), 'disk-full'],
  [new Error('migrations/0001.sql: no', { cause: sql('53100') }), 'disk-full'],
  [new Error('Connection terminated unexpectedly'), 'database-away'],
  ['PANIC:  could not write to file "pg_wal/x": No space left on device', 'disk-full'],
  ['ERROR:  could not read block 1: Input/output error', 'disk-failing'],
  ['LOG:  database system is ready to accept connections', undefined],
  [undefined, undefined],
])('%s', (what, trouble) => {
  expect(troubleOf(what)).toBe(trouble)
})

test('a beginning and an end are said once each, in both languages', () => {
  const said: string[] = []
  const open = openTroubles(({ zh, en }) => void said.push(zh, en))
  open.end('disk-full')
  for (let times = 0; times < 3; times++) open.hear(sql('53100'))
  expect(open.says()).toEqual(['disk-full'])
  open.end('disk-full')
  open.end('disk-full')
  expect(open.says()).toEqual([])
  const { begins, ends } = troubles['disk-full']
  expect(said).toEqual([begins.zh, begins.en, ends.zh, ends.en])
})
