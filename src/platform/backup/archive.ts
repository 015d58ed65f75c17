import { createReadStream, type PathLike } from 'node:fs'
import { link, open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { extract, pack } from 'tar-stream'
import { BackupRefusalError } from './refusal.ts'

/** A file that is being written under another name. It has its own name only when it is whole. */
export type Archive = {
  add(name: string, content: Buffer): Promise<void>
  /** Waits until it is on disk to the last byte, still under the other name. */
  close(): Promise<void>
  /** Gives the file its name; never in place of another. */
  release(): Promise<void>
  abandon(): Promise<void>
}

/** Level 4 costs half the time of the usual 6 for a twentieth more bytes of such rows. */
const gzipLevel = 4
const headBytesMax = 64 * 1024 * 1024

export async function openArchive(file: string): Promise<Archive> {
  const part = `${file}.part`
  if (await exists(file)) throw alreadyThere(file)
  const written = await open(part, 'wx', 0o600).catch((why: unknown) => {
    throw cannotWrite(file, part, why)
  })
  const tar = pack()
  const gzip = createGzip({ level: gzipLevel })
  const done = pipeline(tar, gzip, written.createWriteStream({ flush: true }))
  done.catch(() => undefined)
  const failed = done.then(() => new Promise<never>(() => undefined))
  return {
    async add(name, content) {
      const put = new Promise<void>((resolve, reject) => {
        const header = { name, size: content.length, mode: 0o600, mtime: new Date(0) }
        tar.entry(header, (error) => (error ? reject(error) : resolve())).end(content)
      })
      put.catch(() => undefined)
      await Promise.race([put, failed])
    },
    async close() {
      tar.finalize()
      await done
    },
    async release() {
      await nameIt(part, file)
      await syncFolder(dirname(file))
    },
    async abandon() {
      tar.destroy()
      await done.catch(() => undefined)
      await written.close().catch(() => undefined)
      await rm(part, { force: true })
    },
  }
}

/** A hard link refuses a name that is taken; some file systems know none. */
async function nameIt(part: string, file: string): Promise<void> {
  try {
    await link(part, file)
    await rm(part)
  } catch (why) {
    const { code = '' } = why as NodeJS.ErrnoException
    if (code === 'EEXIST') throw alreadyThere(file)
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw why
    if (await exists(file)) throw alreadyThere(file)
    await rename(part, file)
  }
}

async function syncFolder(folder: string): Promise<void> {
  let opened: FileHandle | undefined
  try {
    opened = await open(folder)
    await opened.sync()
  } catch {
    // Some file systems cannot sync a folder; the file itself is on disk.
  } finally {
    await opened?.close()
  }
}

export type Entry = { name: string; chunks: AsyncIterable<Buffer> }

/** Entries one after the other; each must be read before the next. Whatever is torn throws. */
export async function* readArchive(file: PathLike): AsyncGenerator<Entry> {
  const tar = extract()
  // A stream of Node's own in front: its end is heard also where the last entry is cut off.
  const read = pipeline(createReadStream(file), createGunzip(), new PassThrough(), tar)
  read.catch(() => undefined)
  try {
    for await (const entry of tar)
      yield { name: entry.header.name, chunks: entry as AsyncIterable<Buffer> }
  } finally {
    tar.destroy()
  }
  await read
}

/** Small entries: the head, the manifest, its seal. */
export async function whole({ chunks }: Entry): Promise<Buffer> {
  const all: Buffer[] = []
  let bytes = 0
  for await (const chunk of chunks) {
    bytes += chunk.length
    if (bytes > headBytesMax) throw new Error('larger than any manifest')
    all.push(chunk)
  }
  return Buffer.concat(all)
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (why: NodeJS.ErrnoException) => {
      if (why.code === 'ENOENT') return false
      throw cannotWrite(file, file, why)
    },
  )
}

function alreadyThere(file: string): BackupRefusalError {
  return new BackupRefusalError({
    zh: `${file} 已经存在；备份从不覆盖文件。请换一个文件名。`,
    en: `${file} is there already, and a backup never overwrites. Choose another name.`,
  })
}

function cannotWrite(file: string, part: string, cause: unknown): BackupRefusalError {
  const { code = '' } = cause as NodeJS.ErrnoException
  if (code === 'EEXIST') {
    const sentence = {
      zh: `${part} 已经存在：另一个备份正在写，或上一次中断了。没有备份在进行的话，请删掉它再试。`,
      en: `${part} is there already: another backup is being written, or the last was cut off. If none is running, remove it and try again.`,
    }
    return new BackupRefusalError(sentence, { cause })
  }
  const sentence = {
    zh: `写不了 ${file}（${code}）。请检查文件夹是否存在、是否可写。`,
    en: `${file} cannot be written (${code}). See whether its folder is there and may be written to.`,
  }
  return new BackupRefusalError(sentence, { cause })
}
