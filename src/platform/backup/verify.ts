import { createHash } from 'node:crypto'
import { readArchive, whole, type Entry } from './archive.ts'
import {
  headName,
  manifestName,
  notOurs,
  readHead,
  readManifest,
  sealName,
  tableOfPart,
  type Manifest,
} from './manifest.ts'
import { BackupRefusalError } from './refusal.ts'
import { measure } from './rows.ts'

/**
 * Reads the whole file once, and touches nothing else: every row's checksum must be the
 * manifest's.
 * @throws BackupRefusalError where it is not ours, newer, torn or changed.
 */
export async function verifyBackup(file: string): Promise<Manifest> {
  const measured = new Map<string, ReturnType<typeof measure>>()
  let manifestBytes: Buffer | undefined
  let seal = ''
  let isOurs = false
  try {
    for await (const entry of readArchive(file)) {
      const table = tableOfPart(entry.name)
      if (!isOurs) isOurs = await beginsRight(entry)
      else if (table !== undefined) await measureInto(measured, table, entry)
      else if (entry.name === manifestName) manifestBytes = await whole(entry)
      else if (entry.name === sealName) seal = (await whole(entry)).toString('utf8')
      else throw notOurs()
    }
  } catch (why) {
    if (why instanceof BackupRefusalError) throw why
    throw isOurs ? damaged(why) : cannotRead(file, why)
  }
  if (!isOurs) throw notOurs()
  if (!manifestBytes || seal !== createHash('sha256').update(manifestBytes).digest('hex')) {
    throw damaged()
  }
  const manifest = readManifest(manifestBytes)
  const strays = new Set(measured.keys())
  for (const { name, rows, sha256 } of manifest.tables) {
    strays.delete(name)
    const found = (measured.get(name) ?? measure()).sums()
    if (found.sha256 !== sha256 || found.rows !== rows) throw damaged()
  }
  if (strays.size > 0) throw damaged()
  return manifest
}

async function beginsRight(entry: Entry): Promise<true> {
  if (entry.name !== headName) throw notOurs()
  readHead(await whole(entry))
  return true
}

async function measureInto(
  measured: Map<string, ReturnType<typeof measure>>,
  table: string,
  { chunks }: Entry,
): Promise<void> {
  const sums = measured.get(table) ?? measure()
  measured.set(table, sums)
  for await (const chunk of chunks) sums.add(chunk)
}

function damaged(cause?: unknown): BackupRefusalError {
  const sentence = {
    zh: '这个备份不完整或被改动过（校验不符），不能恢复。数据没有改动。请换另一个备份。',
    en: 'This backup is torn or was changed (its checksums do not match) and cannot be restored. No data was touched. Take another one.',
  }
  return new BackupRefusalError(sentence, { cause })
}

/** Before the head was seen: no such file, or something that is no archive at all. */
function cannotRead(file: string, why: unknown): BackupRefusalError {
  const { code = '' } = why as { code?: unknown }
  if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return notOurs(why)
  const sentence = {
    zh: `读不了 ${file}（${code}）。`,
    en: `${file} cannot be read (${code}).`,
  }
  return new BackupRefusalError(sentence, { cause: why })
}
