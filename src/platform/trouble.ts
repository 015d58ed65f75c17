import type { Sentence } from './start-refusal.ts'

/** What may be wrong under the program while it runs. Strangers may know the word and no more. */
export type Trouble = keyof typeof troubles

/** What is wrong now. Each beginning and each end is said once. */
export type Troubles = {
  begin(trouble: Trouble): void
  end(trouble: Trouble): void
  /** Takes an error, or what a database wrote to its log; says nothing where it is none of ours. */
  hear(what: unknown): void
  /** Closed list, in the order of the list. */
  says(): Trouble[]
}

type Spoken = { begins: Sentence; ends: Sentence }

export const troubles = {
  'database-away': {
    begins: {
      zh: '数据库没有应答：现在什么都存不下，收到的消息也不确认。正在等它回来。',
      en: 'The database does not answer: nothing can be stored, so nothing is acknowledged. Waiting for it.',
    },
    ends: { zh: '数据库回来了，继续工作。', en: 'The database is back; work goes on.' },
  },
  'disk-full': {
    begins: {
      zh: '磁盘已满：现在什么都存不下，收到的消息也不确认。请腾出空间；有了空间会自己继续。',
      en: 'The disk is full: nothing can be stored, so nothing is acknowledged. Make room; work goes on by itself then.',
    },
    ends: { zh: '磁盘又有空间了，继续工作。', en: 'The disk has room again; work goes on.' },
  },
  'disk-failing': {
    begins: {
      zh: '磁盘报告读写错误，可能要坏了。请尽快备份数据，并检查或更换磁盘。',
      en: 'The disk reports errors and may be failing. Back up the data soon, and check or replace it.',
    },
    ends: { zh: '磁盘又能读写了；仍请检查它。', en: 'The disk works again; do check it.' },
  },
  'read-only': {
    begins: {
      zh: '数据库现在只能读、不能写：收到的消息不确认。请让磁盘或数据库重新可写。',
      en: 'The database can only be read now, so nothing is acknowledged. Make its disk, or the server, writable again.',
    },
    ends: {
      zh: '数据库又可以写了，继续工作。',
      en: 'The database can be written again; work goes on.',
    },
  },
  'disk-slow': {
    begins: {
      zh: '磁盘很慢：存一次要两秒以上，确认会晚到。请看看还有什么在占用磁盘。',
      en: 'The disk is slow: storing takes more than two seconds, so acknowledgements come late. See what else uses it.',
    },
    ends: { zh: '磁盘恢复正常速度。', en: 'The disk is as fast as usual again.' },
  },
  'book-broken': {
    begins: {
      zh: '查看记录对不上：有人在程序之外改过，或者磁盘损坏。请运行 npm run lilong -- book check，看是哪一处；不要改动数据库。',
      en: 'The book of looks does not hold together: somebody changed it beside the program, or a disk failed. Run npm run lilong -- book check to see where; do not touch the database.',
    },
    ends: { zh: '查看记录核对无误。', en: 'The book of looks holds together.' },
  },
  'witness-away': {
    begins: {
      zh: '外部见证半小时没有应答，或不认识本安装。里弄照常工作，查看记录照常记；请看看它是否在运行、网络是否通、是否准许了本安装。',
      en: 'The outside witness has not answered for half an hour, or does not know this installation. Work goes on and looks are written as ever; see whether it runs, can be reached, and was told to hear us.',
    },
    ends: { zh: '外部见证又应答了。', en: 'The outside witness answers again.' },
  },
  'witness-differs': {
    begins: {
      zh: '外部见证看到过另一份查看记录，与现在的不同，或者见证换了身份。请马上运行 npm run lilong -- book check，并告诉管见证的单位。',
      en: 'The outside witness has seen another book of looks than this one, or is another witness than before. Run npm run lilong -- book check at once, and tell whoever runs the witness.',
    },
    ends: {
      zh: '外部见证与现在的查看记录一致。',
      en: 'The outside witness agrees with the book of looks.',
    },
  },
} as const satisfies Record<string, Spoken>

/** With one of these nothing can be stored: whoever asks for health is told no. */
export const stopping: ReadonlySet<Trouble> = new Set<Trouble>([
  'database-away',
  'disk-full',
  'disk-failing',
  'read-only',
])

export function openTroubles(say: (sentence: Sentence) => void): Troubles {
  const present = new Set<Trouble>()
  const begin = (trouble: Trouble) => {
    if (present.has(trouble)) return
    present.add(trouble)
    say(troubles[trouble].begins)
  }
  return {
    begin,
    end(trouble) {
      if (present.delete(trouble)) say(troubles[trouble].ends)
    },
    hear(what) {
      const heard = troubleOf(what)
      if (heard) begin(heard)
    },
    says: () => allTroubles.filter((trouble) => present.has(trouble)),
  }
}

const allTroubles = Object.keys(troubles) as Trouble[]

/**
 * Which trouble an error tells of, itself or by what caused it. Codes: PostgreSQL's appendix A and
 * the system's own. PostgreSQL has no code for EROFS: there the words decide.
 */
export function troubleOf(what: unknown): Trouble | undefined {
  if (typeof what === 'string') return byWords(what)
  if (!(what instanceof Error) && !isMessage(what)) return undefined
  const { code = '', message = '', cause } = what as Partial<Error & { code: string }>
  return byCode(code) ?? byWords(message) ?? (cause === what ? undefined : troubleOf(cause))
}

function isMessage(what: unknown): what is { code: string } {
  return typeof what === 'object' && what !== null && 'code' in what
}

function byCode(code: string): Trouble | undefined {
  if (['53100', 'ENOSPC', 'EDQUOT'].includes(code)) return 'disk-full'
  if (['58030', 'EIO'].includes(code)) return 'disk-failing'
  if (['25006', 'EROFS'].includes(code)) return 'read-only'
  if (/^(08...|57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|EHOSTUNREACH|ETIMEDOUT)$/.test(code)) {
    return 'database-away'
  }
  return undefined
}

function byWords(words: string): Trouble | undefined {
  if (/No space left on device|Disk quota exceeded|ENOSPC/.test(words)) return 'disk-full'
  if (/Input\/output error/.test(words)) return 'disk-failing'
  if (/Read-only file system/.test(words)) return 'read-only'
  if (/^(Connection terminated|timeout exceeded when trying to connect)/.test(words)) {
    return 'database-away'
  }
  return undefined
}
