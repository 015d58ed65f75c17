/** `book …`: whether the book of looks was changed, and what leaves the database about it. */
import { mkdirSync } from 'node:fs'
import { readConfig, type Config } from '../../src/config.ts'
import { headsFileIn, secretFileIn, witnessOf } from '../../src/book.ts'
import { savedAheadMs } from '../../src/outlook/demo/index.ts'
import {
  checkBook,
  installationOf,
  isLineTrue,
  lineFrom,
  lineOfLastWeek,
  lineText,
  openWitnessing,
  type FindingKind,
} from '../../src/ground/privacy/index.ts'
import type { Clock } from '../../src/kernel/clock.ts'
import { movableClock, systemClock } from '../../src/platform/clock.ts'
import { openDatabase, type Database } from '../../src/platform/sql.ts'
import { withTown } from './backup.ts'
import type { BookWord } from './book-help.ts'
import { Refused, type Options, type Said } from './calling.ts'

export function bookCommand(word: BookWord, options: Options): Promise<Said> {
  const config = readConfig(process.env)
  switch (word) {
    case 'check':
      return withBook(config, (book) => check(config, book))
    case 'line':
      return withBook(config, (book) => line(book, options['check']))
    case 'key':
      return Promise.resolve(ownKey(config))
    case 'witness':
      return withBook(config, (book) => tellWitness(config, book))
    default:
      return word satisfies never
  }
}

type Book = { db: Database; clock: Clock }

function withBook(config: Config, work: (book: Book) => Promise<Said>): Promise<Said> {
  return withTown(config, async (ownerUrl) => {
    const db = openDatabase({ ownerUrl, appUrl: ownerUrl })
    try {
      const ahead = config.town === 'demo' ? await db.asOwner((tx) => savedAheadMs(tx)) : 0
      return await work({ db, clock: movableClock(systemClock, ahead) })
    } finally {
      await db.close()
    }
  })
}

async function check(config: Config, { db, clock }: Book): Promise<Said> {
  const wish = witnessOf(config)
  const witness =
    wish && (await openWitnessing({ db, clock }, wish, systemClock, () => undefined).lines())
  const headsFile = headsFileIn(config.dataDir)
  const checked = await checkBook({ db }, { now: clock.now(), headsFile, witness })
  const { links, looks, struck, unlinked, newest, restored, findings, found } = checked
  const asked = wish === null ? 'none' : witness === null ? 'away' : 'asked'
  return {
    answer: { ...checked, witness: asked },
    lines: [
      `链 · links ${links}  查看 · looks ${looks}  到期删去 · struck ${struck}  等待 · waiting ${unlinked}`,
      `最新 · newest ${newest.number} ${newest.head}`,
      `见证 · witness: ${witnessSaid[asked]}`,
      ...restored.map(
        ({ number, at }) =>
          `${at} 恢复过备份，到第 ${number} 环 · a backup was restored, up to link ${number}`,
      ),
      ...findings.map(({ what, number }) => {
        const { zh, en } = said[what]
        return `✗ ${what}${number === null ? '' : ` ${number}`}  ${zh} · ${en}`
      }),
      ...(found > findings.length ? [`… 共 · in all ${found}`] : []),
      ...(found === 0 ? ['✓ 没有被改过 · Nothing was changed'] : []),
    ],
    status: found === 0 ? 0 : 1,
  }
}

const witnessSaid = {
  none: '没有设（LILONG_WITNESS_URL） · none is set',
  away: '没有应答，只核对了本机 · does not answer; only what is here was compared',
  asked: '已比对 · compared',
}

const said: Record<FindingKind, { zh: string; en: string }> = {
  edited: { zh: '这条查看被改过', en: 'this look was edited' },
  deleted: { zh: '这条查看被删了', en: 'this look was deleted' },
  'struck-early': { zh: '不到期就删去了', en: 'it went before its term' },
  'struck-wrongly': { zh: '删去的与记下的不符', en: 'what went is not what was recorded' },
  missing: { zh: '这一环不见了', en: 'this link is missing' },
  broken: { zh: '这一环与前一环接不上', en: 'this link does not follow from the one before' },
  'head-differs': {
    zh: '与数据库外留下的不同：链被换过，或那一行被改过',
    en: 'it is not what left the database: the chain was replaced, or that line was edited',
  },
  truncated: { zh: '从这一环起被截掉了', en: 'from this link on the chain was cut off' },
  inserted: { zh: '有查看从程序之外加进来', en: 'looks were put in beside the program' },
  lost: { zh: '有等待入链的查看不见了', en: 'looks that waited for their links are gone' },
  'line-unreadable': {
    zh: 'heads.jsonl 或见证的这一行被改过或损坏',
    en: 'this line of heads.jsonl, or of the witness, was edited or damaged',
  },
  'file-behind': {
    zh: 'heads.jsonl 到这一环就没有了：被截短，或程序刚被中断（再启动一次会补上）',
    en: 'heads.jsonl ends here: it was cut, or the program was just killed (a start makes it good)',
  },
}

async function line({ db, clock }: Book, given: Options[string]): Promise<Said> {
  if (given === undefined) {
    const answer = await lineOfLastWeek({ db }, clock.now())
    return { answer, lines: [lineText(answer)] }
  }
  const known = typeof given === 'string' ? lineFrom(given) : undefined
  if (!known) {
    throw new Refused(
      '这一行不完整，请照布告栏原样输入 · Not a whole line: type it as it was put up',
    )
  }
  const holds = await isLineTrue({ db }, known)
  return {
    answer: { ...known, holds },
    lines: [
      holds
        ? `✓ 第 ${known.number} 环及以前与这一行一致 · All up to link ${known.number} is as that line says`
        : `✗ 与这一行不符：第 ${known.number} 环或以前被改过 · Not as that line says: something up to link ${known.number} was changed`,
    ],
    status: holds ? 0 : 1,
  }
}

function ownKey({ dataDir }: Config): Said {
  // Before the first start, too: the witness is told of it ahead.
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const answer = installationOf(secretFileIn(dataDir))
  return {
    answer,
    lines: [
      `名称 · name  ${answer.name}`,
      `公钥 · key   ${answer.key}`,
      '请管见证的单位把名称写进 LILONG_WITNESS_ALLOW。',
      'Whoever runs the witness writes the name into LILONG_WITNESS_ALLOW.',
    ],
  }
}

async function tellWitness(config: Config, book: Book): Promise<Said> {
  const wish = witnessOf(config)
  if (!wish) throw new Refused('还没有设 LILONG_WITNESS_URL · LILONG_WITNESS_URL is not set')
  const came = await openWitnessing(book, wish, systemClock, () => undefined).tell()
  const isWell = came === 'seen' || came === 'nothing'
  return { answer: { came }, lines: [cameSaid[came]], status: isWell ? 0 : 1 }
}

const cameSaid: Record<'seen' | 'nothing' | 'away' | 'differs', string> = {
  seen: '✓ 见证已看到最新一环 · The witness has seen the newest link',
  nothing: '还没有可以告诉的 · There is nothing to tell yet',
  away: '✗ 见证没有应答，或不认识本安装 · The witness does not answer, or does not know us',
  differs:
    '✗ 见证看到过另一份记录，或换了身份 · The witness has seen another book, or is another one',
}
