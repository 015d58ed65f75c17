import type { Output } from '../../../kernel/endpoint.ts'
import { isFault, type Fault } from '../../../kernel/fault.ts'
import { bookOf, writeXlsx } from '../../../platform/sheets/index.ts'
import type * as api from '../api.ts'
import { deviceKinds, devicePurposes } from '../types.ts'
import { columnNames, columnNotes, columns, kindWords, purposeWords } from './words.ts'

export async function template(): Promise<Output<typeof api.importTemplate> | Fault> {
  const made = await writeXlsx({
    sheets: [
      {
        name: '设备 Devices',
        rows: [columnNames.map((name) => columns[name].zh), columnNames.map((n) => columns[n].en)],
        widths: columnNames.map((name) => columns[name].width),
        titleLines: 2,
        readyLines: 500,
      },
      { name: '说明 Notes', rows: notes(), widths: [22, 60, 60] },
    ],
  })
  if (isFault(made)) return made
  return { name: '设备导入模板 devices.xlsx', base64: made.toString('base64') }
}

function notes(): string[][] {
  const line = (...words: string[]) => words
  return [
    line(
      '第一张表从第三行填起，一行一台。',
      'Fill the first sheet from line 3, one device a line.',
    ),
    line('编码要用文本格式。', 'Codes have to be Text: Format Cells → Text.'),
    [],
    ...columnNames.map((name) =>
      line(columns[name].zh, columnNotes[name].zh, columnNotes[name].en),
    ),
    [],
    line('种类 Kind'),
    ...deviceKinds.map((kind) => line(kindWords[kind].zh, kind, kindWords[kind].en)),
    [],
    line('用途 Purpose'),
    ...devicePurposes.map((one) => line(purposeWords[one].zh, one, purposeWords[one].en)),
  ]
}

export type AddedRow = {
  row: number
  device: string
  username: string | null
  password: string | null
  topic: string
  kind: string
  place: string
  label: string
}

/** What was added, with each password this once. */
export async function addedFile(rows: readonly AddedRow[]): Promise<string> {
  const titles = [
    ...['行 Line', '设备 Device', '用户名 Username', '密码 Password', '主题 Topic'],
    ...['种类 Kind', '地点 Place', '标注 Label'],
  ]
  const data = rows.map((one) => [
    ...[String(one.row), one.device, one.username ?? '', one.password ?? '', one.topic],
    ...[one.kind, one.place, one.label],
  ])
  const book = {
    sheets: [
      {
        ...{ name: '已加设备 Added', rows: [titles, ...data], titleLines: 1 },
        widths: [8, 38, 38, 46, 60, 14, 28, 24],
      },
    ],
  }
  const made = await writeXlsx(book)
  // The devices are there and their passwords stand nowhere else: at worst others wait for it.
  return (isFault(made) ? await bookOf(book) : made).toString('base64')
}
