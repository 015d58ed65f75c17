import { contracts } from '../../src/contracts.ts'
import { purposes } from '../../src/ground/privacy/types.ts'
import { termsOf } from '../../src/kept.ts'
import type { Endpoint, Role, Sees } from '../../src/kernel/endpoint.ts'
import type { Given } from '../../src/platform/given.ts'
import type { Scenarios } from '../../src/watch/scenarios/index.ts'
import type { Sensing } from '../../src/watch/sensing/index.ts'
import type { Purpose } from '../../src/kernel/purpose.ts'
import { seenBy } from '../../src/seen-by.ts'
import { book as en } from '../../web/words/en/book.ts'
import { book as zh } from '../../web/words/zh-CN/book.ts'

const roles: Record<Role, string> = {
  anyone: '任何人 · anyone',
  account: '验证过手机的人 · whoever has proven a telephone',
  resident: '居民本人 · the resident',
  committee: '居民委员会 · the committee',
  street: '街道 · the street',
  property: '物业 · property staff',
  police: '社区民警 · the police post',
  clinic: '家庭医生 · the clinic',
  volunteer: '志愿者 · volunteers',
  operator: '系统运维 · the operator',
}

/**
 * Which role sees which personal datum, where, why, and how long it is kept: from the contracts.
 */
export function privacyPage(): string {
  const data = Object.keys(en.fields) as Sees[]
  return [
    '<!-- Generated from the contracts by `npm run generate`. Do not write here. -->\n\n',
    '# 个人信息 · Privacy\n\n',
    '每一次查看都在答复发出之前写入查看记录；名单、程序和命令也算。\n\n',
    'Every look is in the book of looks before the answer leaves; lists, programs and commands count.\n\n',
    '## 谁能看到什么 · Who sees what\n\n',
    ...data.map(section),
    '## 为什么，留多久 · Why, and how long\n\n',
    purposeTable(),
    '\n## 到期自己删除的 · What goes at its term by itself\n\n',
    '每条删除留一个记录：哪一类、多少、为什么，不记内容。',
    '数字公布在 `/numbers`。· Each deletion leaves a record of what, how much and why, ',
    'without content; in numbers it is public at `/numbers`.\n\n',
    termTable(),
  ].join('')
}

type Row = { role: Role; path: string; why: Purpose; says: string }

function section(datum: Sees): string {
  const title = `### ${zh.fields[datum]} · ${en.fields[datum]}\n\n`
  const rows = endpoints()
    .filter(({ sees }) => sees.includes(datum))
    .flatMap((endpoint) => rolesIn(endpoint).map((role): Row => rowOf(endpoint, role)))
  if (rows.length === 0) return `${title}没有人能从接口看到。· No endpoint shows it.\n\n`
  const lines = rows
    .toSorted((a, b) => key(a).localeCompare(key(b), 'en'))
    .map(({ role, path, why, says }) => line([roles[role], path, says, purposeName(why)]))
  const head = line(['角色 · Role', '接口 · Endpoint', '用处 · What it does', '为什么 · Why'])
  return `${title}${head}${rule(4)}${lines.join('')}\n`
}

function rolesIn({ who }: Endpoint): Role[] {
  return (Object.keys(roles) as Role[]).filter((role) => who[role] !== undefined)
}

function endpoints(): Endpoint[] {
  return Object.values(contracts).flatMap((room) => Object.values(room))
}

function rowOf({ get, post, why, says }: Endpoint, role: Role): Row {
  return { role, path: get ? `GET ${get}` : `POST ${post}`, why, says }
}

function key({ role, path }: Row): string {
  return `${Object.keys(roles).indexOf(role)} ${path}`
}

function purposeTable(): string {
  const head = line(['目的 · Purpose', '依据 · Basis', '留存', 'Kept', '谁看得到 · Who sees it'])
  const lines = all.map((purpose) => {
    const { basis, kept } = purposes[purpose]
    const seen = seenBy(purpose).map(({ role }) => roles[role as Role] ?? role)
    const who = seen.length === 0 ? '没有岗位 · no post' : seen.join('<br>')
    return line([purposeName(purpose), basis, kept['zh-CN'], kept.en, who])
  })
  return `${head}${rule(5)}${lines.join('')}`
}

const all = Object.keys(purposes) as Purpose[]

/** As the rooms say it that run each term; named here, and never run. */
function termTable(): string {
  const given = {} as Given
  const rooms = {
    ...{ given, sensing: { given } as Sensing, scenarios: { given } as Scenarios },
    outboxFile: null,
  }
  const terms = Map.groupBy(termsOf(rooms), ({ purpose }) => purpose)
  const lines = all.flatMap((purpose) => {
    const whats = (terms.get(purpose) ?? []).map(({ what }) => what)
    return whats.length === 0 ? [] : [line([purposeName(purpose), whats.join('<br>')])]
  })
  return `${line(['目的 · Purpose', '什么 · What'])}${rule(2)}${lines.join('')}`
}

function purposeName(purpose: Purpose): string {
  return `${purposes[purpose]['zh-CN']} · ${purposes[purpose].en}`
}

function line(cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
}

function rule(cells: number): string {
  return `|${' --- |'.repeat(cells)}\n`
}
