import { StartRefusal } from './start-refusal.ts'

/** Do something with the data folder; what the file system refuses becomes a sentence. */
export function refuseFolder<T>(dir: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? ''
    const why = folderFaults[code]
    if (cause instanceof StartRefusal || !why) throw cause
    const sentence = {
      zh: `数据文件夹 ${dir} 不能使用：${why.zh}`,
      en: `The data folder ${dir} cannot be used: ${why.en}`,
    }
    throw new StartRefusal(sentence, { cause })
  }
}

const notWritable = {
  zh: '没有写入权限。请更改它的所有者，或用 LILONG_DATA_DIR 另选一个文件夹。',
  en: 'it may not be written to. Change its owner, or choose another folder with LILONG_DATA_DIR.',
}
const noSpace = {
  zh: '磁盘已满。请腾出至少 100 MB 空间，然后再启动。',
  en: 'the disk is full. Make at least 100 MB of room, then start again.',
}
const notFolder = {
  zh: '这个路径上有一个普通文件。请另选一个文件夹。',
  en: 'an ordinary file stands in its path. Choose another folder.',
}
const cannotBeMade = {
  zh: '那里不能建文件夹。请用 LILONG_DATA_DIR 另选一个文件夹。',
  en: 'no folder can be made there. Choose another with LILONG_DATA_DIR.',
}
const failing = {
  zh: '磁盘报告读写错误，可能要坏了。请先备份还能读的文件，再检查或更换磁盘。',
  en: 'the disk reports errors and may be failing. Save what can still be read, then check or replace it.',
}
const folderFaults: Record<string, { zh: string; en: string } | undefined> = {
  ENOENT: cannotBeMade,
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
  ENOSPC: noSpace,
  EDQUOT: noSpace,
  EIO: failing,
  EEXIST: notFolder,
  ENOTDIR: notFolder,
}

/** What PostgreSQL's last words ask of a person; the words themselves travel as `cause`. */
export function readRefusal(text: string, cluster: string): StartRefusal {
  const known = serverFaults.find(([words]) => words.test(text))
  const because = known?.[1] ?? {
    zh: `${lastWords(text)}`,
    en: `${lastWords(text)}`,
  }
  const sentence = {
    zh: `数据库（${cluster}）无法启动：${because.zh}`,
    en: `The database (${cluster}) did not start: ${because.en}`,
  }
  return new StartRefusal(sentence, { cause: new Error(text.trim()) })
}

const serverFaults: [RegExp, { zh: string; en: string }][] = [
  [/No space left on device|Disk quota exceeded|Check free disk space/, noSpace],
  [/Input\/output error/, failing],
  [/[Pp]ermission denied|Read-only file system/, notWritable],
  [
    /could not create any TCP\/IP sockets|could not bind/,
    {
      zh: '端口已被占用。请释放它，或另选一个端口。',
      en: 'its port is taken. Free the port, or choose another one.',
    },
  ],
  [
    /incompatible with server|was initialized by PostgreSQL/,
    {
      zh: '这些数据由另一个主要版本的 PostgreSQL 写成。请用写入它们的版本启动。',
      en: 'its files were written by another major version of PostgreSQL. Start it with that one.',
    },
  ],
]

function lastWords(text: string): string {
  const lines = text.trim().split('\n')
  const telling = lines.findLast((line) => /FATAL|PANIC|error/i.test(line))
  return telling ?? lines.at(-1) ?? ''
}
