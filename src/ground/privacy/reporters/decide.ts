import { sealedBytes, type Reporter, type ReportedMatter } from './types.ts'

/** Where a sealed reporter stands: moved to another matter or row, it does not open. */
export function cellOf({ street, kind, id }: ReportedMatter, row: string): string {
  return `privacy.reporter:${street}:${kind}:${id}:${row}`
}

/** One length for everybody; blanks after JSON change nothing. */
export function written(reporter: Reporter): string {
  const text = JSON.stringify(reporter)
  return text + ' '.repeat(Math.max(0, sealedBytes - new TextEncoder().encode(text).length))
}

export function read(text: string): Reporter {
  return JSON.parse(text) as Reporter
}
