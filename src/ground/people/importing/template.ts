import { isFault, type Fault } from '../../../kernel/fault.ts'
import { writeCsv, writeXlsx } from '../../../platform/sheets/index.ts'
import { columnsOf, kindWords } from './columns.ts'
import type { Columns, FileFormat, ImportKind, MadeFile } from './types.ts'
import * as words from './words.ts'

/** An empty table with both lines of titles; the .xlsx says on a second sheet what goes where. */
export async function templateOf(kind: ImportKind, format: FileFormat): Promise<MadeFile | Fault> {
  const columns: Columns = columnsOf[kind]
  const { zh, en } = kindWords[kind]
  const titles = [
    Object.values(columns).map((column) => column.zh),
    Object.values(columns).map((column) => column.en),
  ]
  const name = `${zh}导入模板 ${en.toLowerCase()}.${format}`
  const bytes =
    format === 'csv'
      ? await writeCsv(titles)
      : await writeXlsx({
          sheets: [
            {
              ...{ name: `${zh} ${en}`, rows: titles, titleLines: 2, readyLines: 500 },
              widths: Object.values(columns).map(({ width }) => width),
            },
            { name: '说明 Notes', rows: notes(kind, columns), widths: [16, 18, 56, 56] },
          ],
        })
  if (isFault(bytes)) return bytes
  return { name, base64: bytes.toString('base64') }
}

function notes(kind: ImportKind, columns: Columns): string[][] {
  return [
    ['第一张表从第三行填起，一行一条。', 'Fill the first sheet from line 3, one row a line.'],
    [
      '号码和编码要用文本格式，数字格式会丢位数，不收。',
      'Numbers and codes have to be Text; number cells lose digits and are refused.',
    ],
    [],
    ...Object.values(columns).map(({ zh, en, note }) => [zh, en, note.zh, note.en]),
    ...Object.entries(wordsOf[kind]).flatMap(([column, list]) => [
      [],
      [columns[column]?.zh ?? '', columns[column]?.en ?? ''],
      ...Object.entries(list).map(([id, said]) => ['', id, said.join('、')]),
    ]),
  ]
}

type Lists = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

/** Which columns take words of a closed list, and which. */
const wordsOf: Readonly<Record<ImportKind, Lists>> = {
  homes: { areaSource: words.areaSourceWords },
  residents: { relation: words.relationWords, tenure: words.tenureWords },
  owners: {
    kind: words.ownerKindWords,
    areaSource: words.areaSourceWords,
    standing: words.standingWords,
  },
  staff: { bodyKind: words.bodyKindWords },
}
