import writeExcelFile, { type Cell, type SheetData } from 'write-excel-file/node'
import type { Output } from '../../../kernel/endpoint.ts'
import type * as api from '../api.ts'
import { deviceKinds, devicePurposes } from '../types.ts'
import { columnNames, columnNotes, columns, kindWords, purposeWords } from './words.ts'

/** Empty lines that are Text from the start, so that codes keep their digits. */
const readyRows = 500

/** Always text: what begins with `=` stays what it is, and no cell computes. */
function textCell(value: string, isBold = false): Cell {
  return { value, type: String, format: '@', ...(isBold ? { fontWeight: 'bold' as const } : {}) }
}

const emptyText: Cell = { type: String, format: '@' }

export async function template(): Promise<Output<typeof api.importTemplate>> {
  const empty = columnNames.map(() => emptyText)
  const sheet: SheetData = [
    columnNames.map((name) => textCell(columns[name].zh, true)),
    columnNames.map((name) => textCell(columns[name].en)),
    ...Array.from({ length: readyRows }, () => empty),
  ]
  const widths = columnNames.map((name) => ({ width: columns[name].width }))
  const made = writeExcelFile([
    { data: sheet, sheet: '设备 Devices', columns: widths, stickyRowsCount: 2 },
    { data: notes(), sheet: '说明 Notes', columns: [{ width: 22 }, { width: 60 }, { width: 60 }] },
  ])
  const base64 = (await made.toBuffer()).toString('base64')
  return { name: '设备导入模板 devices.xlsx', base64 }
}

function notes(): SheetData {
  const line = (...words: string[]) => words.map((word) => textCell(word))
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
  const data: SheetData = [
    titles.map((title) => textCell(title, true)),
    ...rows.map((one) =>
      [
        ...[String(one.row), one.device, one.username ?? '', one.password ?? '', one.topic],
        ...[one.kind, one.place, one.label],
      ].map((value) => (value === '' ? null : textCell(value))),
    ),
  ]
  const widths = [8, 38, 38, 46, 60, 14, 28, 24].map((width) => ({ width }))
  const made = writeExcelFile(data, {
    sheet: '已加设备 Added',
    columns: widths,
    stickyRowsCount: 1,
  })
  return (await made.toBuffer()).toString('base64')
}
