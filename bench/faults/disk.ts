import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Chance } from './chance.ts'

/** What the disk can be told to do; see disk.c. */
export type DiskFault = 'full' | 'slow' | 'failing' | 'cut'

/** What a power cut took away. */
export type Undone = { writes: number; bytes: number; names: number }

export type Disk = {
  /** To stand in front of PATH: PostgreSQL, and nobody else, is started on this disk. */
  programs: string
  turn(fault: DiskFault, on: boolean): void
  /** How often PostgreSQL met the fault. */
  met(fault: DiskFault): number
  /**
   * Puts back what was not synced. With `chance` each sector, length and name is kept or lost by
   * itself, as a disk that reorders does; without it everything is lost.
   */
  losePower(chance?: Chance): Undone
}

const headBytes = 32
const sectorBytes = 512

/** Builds the disk under `cluster`. Answers undefined where no C compiler is. */
export function openDisk(folder: string, cluster: string): Disk | undefined {
  const setpriv = spawnSync('sh', ['-c', 'command -v setpriv'], { encoding: 'utf8' }).stdout.trim()
  if (spawnSync('cc', ['--version'], { stdio: 'ignore' }).status !== 0 || setpriv === '') return
  const notes = join(folder, 'notes')
  const programs = join(folder, 'programs')
  const library = join(folder, 'disk.so')
  for (const dir of [notes, programs]) mkdirSync(dir, { recursive: true })
  chmodSync(notes, 0o777)
  const source = join(import.meta.dirname, 'disk.c')
  execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'])
  // The launcher starts PostgreSQL through setpriv: ours lends it the disk and goes on.
  const lent = `FAULTS_ROOT='${cluster}' FAULTS_NOTES='${notes}' LD_PRELOAD='${library}'`
  writeFileSync(join(programs, 'setpriv'), `#!/bin/sh\n${lent} exec ${setpriv} "$@"\n`)
  chmodSync(join(programs, 'setpriv'), 0o755)
  return {
    programs,
    turn: (fault, on) => {
      if (on) writeFileSync(join(notes, fault), '')
      else rmSync(join(notes, fault), { force: true })
    },
    met: (fault) => statSync(join(notes, `met-${fault}`), { throwIfNoEntry: false })?.size ?? 0,
    losePower: (chance) => losePower(notes, cluster, chance),
  }
}

function losePower(notes: string, cluster: string, chance: Chance | undefined): Undone {
  const undone = { writes: 0, bytes: 0, names: 0 }
  const isLost = chance ? () => chance() < 0.5 : () => true
  const paths = new Map<number, string>()
  for (const folder of [cluster, notes])
    for (const [inode, path] of filesIn(folder)) {
      paths.set(inode, path)
    }
  const names = readdirSync(notes)
  const inodes = new Set(names.flatMap((name) => /^data-(\d+)/.exec(name)?.[1] ?? []))
  for (const inode of inodes) {
    const path = paths.get(Number(inode))
    if (path) undoWrites(path, notesOf(notes, names, `data-${inode}`), isLost, undone)
  }
  const lines = names
    .filter((name) => name.startsWith('names-'))
    .flatMap((name) => {
      return readFileSync(join(notes, name), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    })
  undoNames(notes, lines, isLost, undone)
  const isKept = (name: string) => name === 'lock' || name.startsWith('met-')
  for (const name of readdirSync(notes)) if (!isKept(name)) rmSync(join(notes, name))
  return undone
}

function* filesIn(folder: string): Generator<[number, string]> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    yield [statSync(path).ino, path]
  }
}

/** A sync that was under way has put its notes aside: they are older than those that came after. */
function notesOf(notes: string, names: string[], name: string): Buffer[] {
  const aside = names.filter((one) => one.startsWith(`${name}.`))
  const began = (one: string) => Number(one.slice(name.length + 1))
  const older = aside.toSorted((x, y) => began(x) - began(y))
  const all = [...older, name].map((one) => join(notes, one))
  return all.filter((one) => existsSync(one)).map((one) => readFileSync(one))
}

type Note = { offset: number; length: number; sizeBefore: number; old: Buffer }

function notesIn(book: Buffer): Note[] {
  const found: Note[] = []
  // The length in front says what is whole: the last writer may have been killed.
  const whole = book.length < 8 ? 0 : Number(book.readBigInt64LE(0))
  for (let at = 8; at + headBytes <= whole;) {
    const number = (index: number) => Number(book.readBigInt64LE(at + index * 8))
    const [offset, length, kept] = [number(0), number(1), number(2)]
    const old = book.subarray(at + headBytes, at + headBytes + kept)
    found.push({ offset, length, sizeBefore: number(3), old })
    at += headBytes + kept
  }
  return found
}

function undoWrites(path: string, books: Buffer[], isLost: () => boolean, undone: Undone): void {
  const all = books.flatMap(notesIn)
  const [first] = all
  if (!first) return
  const fd = openSync(path, 'r+')
  const lost = new Map<number, boolean>()
  const isSectorLost = (sector: number) => {
    const known = lost.get(sector) ?? isLost()
    lost.set(sector, known)
    return known
  }
  const isLengthLost = isLost()
  const size = isLengthLost ? first.sizeBefore : fstatSync(fd).size
  if (isLengthLost) ftruncateSync(fd, size)
  for (const note of all.toReversed()) {
    undone.writes++
    undone.bytes += putBack(fd, note, size, isSectorLost)
  }
  closeSync(fd)
}

/** Answers how many bytes went back. What lay beyond the file's end was zero. */
function putBack(
  fd: number,
  { offset, length, old }: Note,
  size: number,
  isSectorLost: (sector: number) => boolean,
): number {
  let bytes = 0
  const end = Math.min(offset + Math.max(length, old.length), size)
  for (let at = offset; at < end;) {
    const next = Math.min(end, (Math.floor(at / sectorBytes) + 1) * sectorBytes)
    if (isSectorLost(Math.floor(at / sectorBytes))) {
      const before = Buffer.alloc(next - at)
      old.subarray(at - offset, next - offset).copy(before)
      writeSync(fd, before, 0, before.length, at)
      bytes += before.length
    }
    at = next
  }
  return bytes
}

function undoNames(notes: string, lines: string[], isLost: () => boolean, undone: Undone): void {
  const steps = lines.map((line) => line.split('\t'))
  const newestFirst = steps.toSorted((a, b) => Number(BigInt(b[0] ?? 0) - BigInt(a[0] ?? 0)))
  for (const [, act, inode = '', old = '', to = '', kept = '-'] of newestFirst) {
    const where = act === 'made' ? old : to
    if (!existsSync(where) || String(statSync(where).ino) !== inode) continue
    const isSynced = act === 'made' && !existsSync(join(notes, `made-${inode}`))
    if (isSynced || !isLost()) continue
    if (act === 'made') rmSync(where)
    else {
      renameSync(where, old)
      if (kept !== '-') renameSync(kept, where)
    }
    undone.names++
  }
}
