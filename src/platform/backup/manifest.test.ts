import { expect, test } from 'vitest'
import { nameOfPart, readManifest, tableOfPart, type Manifest } from './manifest.ts'

const sound: Manifest = {
  ...{ format: 1, program: 'lilong', version: '1.0.0', serverVersion: '18.4' },
  ...{ takenAt: '2026-07-07T00:00:00.000Z', newestMigration: '0001-a.sql' },
  migrations: [{ name: '0001-a.sql', sha256: 'x' }],
  partitions: [
    {
      ...{ name: 'sensing.reading_2026070700', of: 'sensing.reading', key: null },
      bound: "FOR VALUES FROM ('2026-07-07 00:00:00+00') TO ('2026-07-07 01:00:00+00')",
    },
  ],
  tables: [
    {
      ...{ name: 'care.plan', columns: [{ name: 'id', type: 'uuid' }], rows: 0, bytes: 0 },
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    },
  ],
  sequences: [{ name: 'care.number', last: '7', isCalled: true }],
}
const read = (manifest: unknown) => readManifest(Buffer.from(JSON.stringify(manifest)))
const withBound = (bound: string) => ({
  ...sound,
  partitions: [{ ...sound.partitions[0], bound }],
})

test('a manifest is read as it was written', () => {
  expect(read(sound)).toEqual(sound)
})

test.each([
  "FOR VALUES IN ('a', 'it''s', 7, NULL)",
  'FOR VALUES WITH (modulus 4, remainder 0)',
  'FOR VALUES FROM (MINVALUE) TO (MAXVALUE)',
  'DEFAULT',
])('a bound as the catalogue words it: %s', (bound) => {
  expect(read(withBound(bound)).partitions[0]?.bound).toBe(bound)
})

test.each([
  'DEFAULT; drop table people.person',
  "FOR VALUES IN ('a'); select 1 --')",
  String.raw`FOR VALUES IN ('a\'); select 1 --')`,
  "FOR VALUES FROM (now()) TO ('x')",
  '',
])('a bound that would be a statement of its own is refused: %s', (bound) => {
  expect(() => read(withBound(bound))).toThrow('no backup of Lilong')
})

test.each<[string, unknown]>([
  ['a table name', { ...sound, tables: [{ ...sound.tables[0], name: 'care.plan; select 1' }] }],
  ['a partition key', { ...sound, partitions: [{ ...sound.partitions[0], key: 'RANGE (f())' }] }],
  ['a sequence', { ...sound, sequences: [{ name: 'care.number', last: '1); --' }] }],
  ['no tables', { ...sound, tables: null }],
  ['another program', { ...sound, program: 'bakery' }],
])('%s that is not ours is refused', (_, made) => {
  expect(() => read(made)).toThrow('no backup of Lilong')
})

test('a later format is refused as newer', () => {
  expect(() => read({ ...sound, format: 2 })).toThrow('newer than this program')
})

test('a part knows its table', () => {
  expect(tableOfPart(nameOfPart('care.plan', 12))).toBe('care.plan')
  expect(tableOfPart('tables/../x/000001.copy')).toBeUndefined()
})
