import { contracts } from '../../src/contracts.ts'
import { roles, type Reach } from '../../src/kernel/access.ts'
import type { Endpoint, Role } from '../../src/kernel/endpoint.ts'

const roleHeads: Record<Role, string> = {
  anyone: '任何人<br>anyone',
  account: '验证过手机<br>account',
  resident: '居民<br>resident',
  committee: '居委会<br>committee',
  street: '街道<br>street',
  property: '物业<br>property',
  police: '民警<br>police',
  clinic: '医生<br>clinic',
  volunteer: '志愿者<br>volunteer',
  operator: '运维<br>operator',
}

const reachWords: Record<Reach, { 'zh-CN': string; en: string }> = {
  open: { 'zh-CN': '不涉及任何人', en: 'nothing of anybody: reference data' },
  own: { 'zh-CN': '本人的', en: 'the asker’s own' },
  home: { 'zh-CN': '自己住的家，或自己的房', en: 'the home that the asker lives in, or owns' },
  task: { 'zh-CN': '自己手上、被通知到的任务', en: 'a task that the asker holds or was told of' },
  request: {
    'zh-CN': '登记了理由的那一位，半小时内',
    en: 'the one person of a request on record, for half an hour; of the own committee, or street',
  },
  body: { 'zh-CN': '自己所在的单位', en: 'the body in which the asker has a post' },
  committee: { 'zh-CN': '自己的居委会', en: 'the asker’s committee, with all below it' },
  street: { 'zh-CN': '自己的街道', en: 'the asker’s street, with all below it' },
  counts: { 'zh-CN': '只有数字，十以下不显示', en: 'numbers only; below ten nothing' },
  city: { 'zh-CN': '整个系统', en: 'the whole installation' },
}

const roomHeads: Record<string, string> = {
  places: '地方 · Places',
  privacy: '隐私 · Privacy',
  people: '居民 · People',
  duties: '岗位 · Duties',
  delivery: '送达 · Delivery',
  identity: '身份 · Identity',
  tasks: '任务 · Tasks',
  devices: '设备 · Devices',
  sensing: '感知 · Sensing',
  scenarios: '规则 · Scenarios',
  care: '关爱 · Care',
  overview: '全局 · Overview',
  demo: '示范街道 · Example town',
}

/** Which role may call what, and how far it reaches: one row an endpoint, from the contracts. */
export function accessPage(): string {
  return [
    '<!-- Generated from the contracts by `npm run generate`. Do not write here. -->\n\n',
    '# 谁能做什么，到哪里为止 · Who may do what, and how far it reaches\n\n',
    '超出范围的，回答和“没有这个”一模一样。空格：不能用。\n\n',
    'What lies beyond a reach is answered exactly as what is not there. An empty cell: may not call.\n\n',
    '**↑** 要先证明到这一级 · must have proven this level: `phone` < `resident` < `owner`; ',
    '**↻** 工作人员要刚刚再验证过 · staff must just have shown anew who they are; ',
    '**☻** 只能本人办 · only in person, by nobody who acts for them.\n\n',
    '## 范围 · Reach\n\n',
    ...(Object.keys(reachWords) as Reach[]).map(
      (reach) => `- \`${reach}\` ${reachWords[reach]['zh-CN']} · ${reachWords[reach].en}\n`,
    ),
    '\n',
    ...Object.entries(contracts).map(([room, endpoints]) => table(room, Object.values(endpoints))),
  ].join('')
}

function table(room: string, endpoints: readonly Endpoint[]): string {
  const rows = endpoints.toSorted((a, b) => pathOf(a).localeCompare(pathOf(b), 'en')).map(row)
  const heads = [
    '接口 · Endpoint',
    '做什么 · What it does',
    ...roles.map((role) => roleHeads[role]),
  ]
  const rule = `|${' --- |'.repeat(heads.length)}\n`
  return `## ${roomHeads[room] ?? room}\n\n${line(heads)}${rule}${rows.join('')}\n`
}

function row(endpoint: Endpoint): string {
  const { says, who, level, stepUp, inPerson } = endpoint
  const marks = [level ? `↑\`${level}\`` : '', stepUp ? '↻' : '', inPerson ? '☻' : '']
  const head = [`\`${pathOf(endpoint)}\``, ...marks.filter(Boolean)].join(' ')
  return line([head, says, ...roles.map((role) => (who[role] ? `\`${who[role]}\`` : ''))])
}

function pathOf({ get, post }: Endpoint): string {
  return get ? `GET ${get}` : `POST ${post}`
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`
}
