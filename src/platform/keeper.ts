import {
  existsSync,
  linkSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'

/** The right to be the one process that looks after a folder; `letGo` gives it back. */
export type Keeper = { letGo(): void }

/**
 * Become the keeper of `dir`, or learn the process number of the one that lives.
 * The mark survives `kill -9`, so it names process, boot and time of birth: a number that was
 * given to somebody else in the meantime does not count as alive.
 */
export function becomeKeeper(dir: string): Keeper | { keptBy: number } {
  const mark = join(dir, 'keeper')
  const mine = `${process.pid} ${birth(process.pid)}`
  const draft = `${mark}.${randomUUID()}`
  try {
    writeFileSync(draft, mine, { mode: 0o600 })
    for (;;) {
      if (linked(draft, mark)) return { letGo: () => erase(mark, mine) }
      const theirs = read(mark)
      const pid = Number.parseInt(theirs, 10)
      if (theirs !== '' && theirs === `${pid} ${birth(pid)}`) return { keptBy: pid }
      erase(mark, theirs)
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

/**
 * Process numbers of servers at work in `dir`: by their working folder, so children count too.
 * The dead that nobody has reaped have no working folder and are left out.
 */
export function pidsIn(dir: string): number[] {
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    return Number.isInteger(pid) && pid !== process.pid && folderOf(pid) === dir ? [pid] : []
  })
}

function folderOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return ''
  }
}

/** Remove a mark, but only the one we read: moved aside first, so that a newer one is put back. */
function erase(mark: string, expected: string): void {
  const aside = `${mark}.${randomUUID()}`
  try {
    renameSync(mark, aside)
  } catch {
    return
  }
  if (read(aside) !== expected) linked(aside, mark)
  rmSync(aside, { force: true })
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (why) {
    if ((why as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw why
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/**
 * Boot and tick of a process's birth (`/proc/…/stat`, field 22); empty for the dead and unreaped.
 * Where there is no `/proc`, only whether it lives.
 */
function birth(pid: number): string {
  if (!existsSync('/proc/self/stat')) return lives(pid) ? 'alive' : ''
  const fields = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ')
  if (fields.length < 20 || fields[0] === 'Z' || fields[0] === 'X') return ''
  return `${read('/proc/sys/kernel/random/boot_id').trim()} ${fields[19]}`
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (why) {
    return (why as NodeJS.ErrnoException).code === 'EPERM'
  }
}
