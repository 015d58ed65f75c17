/** One line of the book of looks in plain words: for whoever was looked at, and whoever answers. */
import type { Output } from '../../src/kernel/endpoint.ts'
import type { whoLooked } from '../../src/ground/privacy/reading/api.ts'
import type { BookWords } from '../words/book.ts'
import { formatList, formatTime } from '../words/format.ts'
import type { Language } from '../words/index.ts'

type Line = Output<typeof whoLooked>['looks'][number]
type LookFacts = Omit<Line, 'id' | 'outcome' | 'question'>

export type LookReader = { words: BookWords; language: Language }

/** Who, what and why, in plain words; the post and its unit, never a name. */
export function readLook(look: LookFacts, { words, language }: LookReader) {
  const seen = formatList(
    look.fields.map((field) => fieldWord(words.fields, field)),
    language,
  )
  return {
    who: whoOf(look, words),
    what: `${words.did[look.how]}${look.how === 'backup' ? words.everything : seen}`,
    why: words.because(words.labels[look.label] ?? words.matters[look.matter]),
    time: formatTime(look.at),
  }
}

function whoOf(look: LookFacts, words: BookWords): string {
  if (look.how === 'backup') return words.backupBy
  switch (look.by) {
    case 'post':
      return [look.unit, look.title].filter(Boolean).join(' ') || words.byUnknown
    case 'rule':
      return look.ruleVersion === null
        ? words.byRuleUnknown
        : words.byRule(look.ruleVersion, look.rule)
    case 'operator':
      return words.byOperator
    case 'resident':
      return words.byResident
    case 'account':
      return words.byAccount
    case 'helper':
      return words.byHelper(look.title)
    case 'contact':
      return words.byContact(look.title)
    default:
      return look.by satisfies never
  }
}

/** A word the page does not know yet is shown as it came: nothing that was seen is kept back. */
function fieldWord(fields: Readonly<Record<string, string>>, field: string): string {
  return fields[field] ?? field
}
