import type { Client } from 'pg'
import { readArchive, type Entry } from './archive.ts'
import { readCatalogue, readSequences } from './catalogue.ts'
import { connect, quoted } from './connection.ts'
import { tableOfPart, type Manifest, type TableContent } from './manifest.ts'
import { BackupRefusalError } from './refusal.ts'
import { measure, rowsIn, rowsOut } from './rows.ts'

/**
 * Fills a database that has the backup's structure with the backup's rows, and reads all of them
 * back: each table must have the manifest's count and checksum.
 * @throws BackupRefusalError where the structure is another one.
 */
export async function loadBackup(ownerUrl: string, file: string, wanted: Manifest): Promise<void> {
  await using client = await connect(ownerUrl)
  await makePartitions(client, wanted)
  await checkShape(client, wanted)
  const { roots } = await readCatalogue(client)
  // In the transaction that truncates COPY only appends: the sums are of rows in their order.
  await client.query('begin')
  await client.query(`truncate ${roots.map(quoted).join(', ')}`)
  await loadTables(client, file, wanted)
  for (const { name, last, isCalled } of wanted.sequences) {
    await client.query('select setval($1::regclass, $2, $3)', [quoted(name), last, isCalled])
  }
  await client.query('commit')
  await compare(client, wanted)
  await client.query('analyze')
}

/** Partitions come and go while a town runs: no migration makes them. */
async function makePartitions(client: Client, { partitions }: Manifest): Promise<void> {
  for (const { name, of, bound, key } of partitions) {
    const by = key === null ? '' : ` partition by ${key}`
    await client.query(
      `create table if not exists ${quoted(name)} partition of ${quoted(of)} ${bound}${by}`,
    )
  }
}

/** A library's own tables are made by the library: another version may make others. */
async function checkShape(client: Client, wanted: Manifest): Promise<void> {
  const words = ({ name, columns }: Pick<TableContent, 'name' | 'columns'>) =>
    `${name}(${columns
      .map((column) => `${column.name} ${column.type}`)
      .toSorted()
      .join(', ')})`
  const { tables, partitions } = await readCatalogue(client)
  const sequences = await readSequences(client)
  const passing = new Set(partitions.map(({ name }) => name))
  const here = new Set(tables.map(words))
  const there = new Set(wanted.tables.map(words))
  const missing = wanted.tables.filter((table) => !here.has(words(table)))
  const strange = tables.filter((table) => !there.has(words(table)) && !passing.has(table.name))
  const names = new Set(sequences.map(({ name }) => name))
  const lost = wanted.sequences.filter(({ name }) => !names.has(name))
  const [first] = [...missing, ...strange, ...lost]
  if (first) throw otherShape(wanted, first.name)
}

/** One COPY for each table, fed with its parts as they come by. */
async function loadTables(client: Client, file: string, wanted: Manifest): Promise<void> {
  const tables = new Map(wanted.tables.map((table) => [table.name, table]))
  const entries = readArchive(file)
  try {
    let step: Step = await entries.next()
    while (!step.done) {
      const table = tables.get(tableOfPart(step.value.name) ?? '')
      if (table) {
        const parts = partsFrom(step.value, table.name, () => entries.next())
        await rowsIn(client, table, parts.chunks())
        step = parts.next()
      } else {
        await skip(step.value)
        step = await entries.next()
      }
    }
  } finally {
    await entries.return(undefined)
  }
}

type Step = IteratorResult<Entry, unknown>

/** The chunks of one table's parts; stops at the first entry that is another's and keeps it. */
function partsFrom(first: Entry, table: string, more: () => Promise<Step>) {
  let step: Step = { value: first, done: false }
  return {
    async *chunks(): AsyncGenerator<Buffer> {
      while (!step.done && tableOfPart(step.value.name) === table) {
        yield* step.value.chunks
        step = await more()
      }
    },
    next: (): Step => step,
  }
}

async function skip({ chunks }: Entry): Promise<void> {
  for await (const _ of chunks);
}

async function compare(client: Client, wanted: Manifest): Promise<void> {
  for (const table of wanted.tables) {
    const measured = measure()
    for await (const chunk of rowsOut(client, table)) measured.add(chunk)
    const { rows, sha256 } = measured.sums()
    if (rows === table.rows && sha256 === table.sha256) continue
    const told = `${rows} rows (${sha256}), of ${table.rows} in the backup (${table.sha256})`
    throw new Error(`${table.name} was restored with ${told}`)
  }
}

function otherShape({ version, newestMigration }: Manifest, table: string): BackupRefusalError {
  return new BackupRefusalError({
    zh: `这个备份由版本 ${version}（${newestMigration}）所做，表 ${table} 与本程序不同。请用那个版本恢复，再升级；数据没有改动。`,
    en: `This backup was made by version ${version} (${newestMigration}), whose table ${table} differs from this program's. Restore it with that version, then upgrade; no data was touched.`,
  })
}
