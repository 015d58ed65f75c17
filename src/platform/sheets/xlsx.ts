import { packed, type Part } from './pack.ts'

/** What is written stands there as text: nothing computes, and codes keep their digits. */
export type Book = {
  sheets: readonly {
    name: string
    rows: readonly (readonly string[])[]
    /** In letters; as many as there are columns. */
    widths: readonly number[]
    /** So many lines from the top are bold and stay in sight. */
    titleLines?: number
  }[]
  /** Stands in the file's properties and above every printed page. */
  mark?: string
}

export async function writeXlsx({ sheets, mark = '' }: Book): Promise<Buffer> {
  const parts: Part[] = [
    { name: '[Content_Types].xml', text: contentTypes(sheets.length) },
    { name: '_rels/.rels', text: outerRelations },
    { name: 'docProps/core.xml', text: properties(mark) },
    { name: 'xl/workbook.xml', text: workbook(sheets.map(({ name }) => name)) },
    { name: 'xl/_rels/workbook.xml.rels', text: innerRelations(sheets.length) },
    { name: 'xl/styles.xml', text: styles },
    ...sheets.map((sheet, at) => ({
      ...{ name: `xl/worksheets/sheet${at + 1}.xml`, text: worksheet(sheet, mark) },
    })),
  ]
  return packed(parts)
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const pack = 'http://schemas.openxmlformats.org/package/2006'
const mime = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Two styles: text (format 49 is `@`), and bold text. */
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`

const outerRelations = `${head}<Relationships xmlns="${pack}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${pack}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

function contentTypes(count: number): string {
  const sheet = (at: number) =>
    `<Override PartName="/xl/worksheets/sheet${at}.xml" ContentType="${mime}.worksheet+xml"/>`
  return `${head}<Types xmlns="${pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${mime}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${mime}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${numbered(count, sheet)}</Types>`
}

function innerRelations(count: number): string {
  const sheet = (at: number) =>
    `<Relationship Id="rId${at}" Type="${office}/worksheet" Target="worksheets/sheet${at}.xml"/>`
  const style = `<Relationship Id="rId${count + 1}" Type="${office}/styles" Target="styles.xml"/>`
  return `${head}<Relationships xmlns="${pack}/relationships">${numbered(count, sheet)}${style}</Relationships>`
}

function workbook(names: readonly string[]): string {
  const sheet = (at: number) =>
    `<sheet name="${escaped((names[at - 1] ?? '').slice(0, 31))}" sheetId="${at}" r:id="rId${at}"/>`
  return `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbered(names.length, sheet)}</sheets></workbook>`
}

function properties(mark: string): string {
  const said = mark ? `<dc:description>${escaped(mark)}</dc:description>` : ''
  return `${head}<cp:coreProperties xmlns:cp="${pack}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Lilong</dc:creator>${said}</cp:coreProperties>`
}

function worksheet({ rows, widths, titleLines = 0 }: Book['sheets'][number], mark: string): string {
  const pane =
    titleLines > 0
      ? `<pane ySplit="${titleLines}" topLeftCell="A${titleLines + 1}" activePane="bottomLeft" state="frozen"/>`
      : ''
  const columns = widths.map(
    (width, at) =>
      `<col min="${at + 1}" max="${at + 1}" width="${width}" style="1" customWidth="1"/>`,
  )
  const cols = columns.length > 0 ? `<cols>${columns.join('')}</cols>` : ''
  const lines = rows.map((row, at) => lineOf(row, at + 1, at < titleLines ? 2 : 1))
  // In a header `&` begins a command; it takes 255 letters at most.
  const words = escaped(mark.slice(0, 200).replaceAll('&', '&&'))
  const header = mark ? `<headerFooter><oddHeader>&amp;L${words}</oddHeader></headerFooter>` : ''
  return `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>${cols}<sheetData>${lines.join('')}</sheetData>${header}</worksheet>`
}

function lineOf(row: readonly string[], number: number, style: number): string {
  const cells = row.map((cell, at) =>
    cell === ''
      ? ''
      : `<c r="${letters(at + 1)}${number}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`,
  )
  return `<row r="${number}">${cells.join('')}</row>`
}

function numbered(count: number, one: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => one(at + 1)).join('')
}

function letters(column: number): string {
  const rest = (column - 1) % 26
  const before = (column - 1 - rest) / 26
  return `${before > 0 ? letters(before) : ''}${String.fromCharCode(65 + rest)}`
}

/** XML has no way to say most control characters; they go. */
// oxlint-disable-next-line no-control-regex
const unsayable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(unsayable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
