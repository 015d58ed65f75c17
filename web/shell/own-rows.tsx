import type { Output } from '../../src/kernel/endpoint.ts'
import { sayings, type Says } from '../../src/kernel/saying.ts'
import type { myData } from '../../src/ground/privacy/own-data/api.ts'
import { Facts } from '../ui/card.tsx'
import { formatCount, formatDate, formatInstant, formatList } from '../words/format.ts'
import type { Language } from '../words/index.ts'
import type { OwnDataWords } from '../words/own-data.ts'
import { useNow } from './shell.tsx'
import { useLanguage, useOwnDataWords } from './words.tsx'

export type OwnPart = Output<typeof myData>['parts'][number]
type Fact = OwnPart['rows'][number][number]

/** What is kept, row by row, in the words of the page. */
export function OwnRows(props: { part: OwnPart }) {
  const words = useOwnDataWords()
  const say = useSaid()
  const { rows, count } = props.part
  return (
    <div class="stack">
      {rows.map((row, at) => (
        <Facts
          key={at}
          facts={row.map((fact) => ({ name: words.fields[fact.field], says: say(fact) }))}
        />
      ))}
      {count > rows.length ? (
        <p class="small muted">{words.onlyNewest(rows.length, count)}</p>
      ) : null}
    </div>
  )
}

/** Why a part is kept, until when, and who sees it. */
export function WhyKept(props: { part: OwnPart['part'] }) {
  const words = useOwnDataWords()
  const { why, until, seen } = words.parts[props.part]
  return (
    <Facts
      facts={[
        { name: words.why, says: why },
        { name: words.until, says: until },
        { name: words.seen, says: seen },
      ]}
    />
  )
}

function useSaid(): (fact: Fact) => string {
  const words = useOwnDataWords()
  const language = useLanguage()
  const now = useNow()
  return ({ field, value }) => {
    if (times.has(field)) return formatInstant(Number(value), now, language)
    if (days.has(field)) return formatDate(Date.parse(`${value}T12:00:00+08:00`), now, language)
    if (numbers.has(field)) return formatCount(Number(value))
    if (field === 'says') return sayings[value as Says]?.[language] ?? value
    if (field !== 'looked') return choiceOf(field, value, words)
    const seen = value.split(',').map((one) => choiceOf(field, one, words))
    return formatList(seen, language)
  }
}

/** A word of a closed list; what somebody wrote themself stays as it is. */
function choiceOf(field: Fact['field'], value: string, words: OwnDataWords): string {
  if (written.has(field)) return value
  const parts: Readonly<Record<string, { title: string }>> = words.parts
  const own = field === 'part' && value === 'everything' ? words.everything : undefined
  return (
    own ??
    words.choices[`${field}:${value}`] ??
    words.choices[value] ??
    parts[value]?.title ??
    value
  )
}

type Field = Fact['field']
const set = (...fields: Field[]): ReadonlySet<Field> => new Set(fields)
const times = set(
  ...(['from', 'to', 'askedAt', 'decidedAt', 'madeAt', 'deliveredAt', 'readAt', 'usedAt'] as const),
  ...(['until', 'endedAt', 'openedAt', 'closedAt', 'at', 'away', 'dueAt'] as const),
)
const days = set('bornOn', 'fromDay', 'toDay', 'signedOn')
const numbers = set('othersAdult', 'othersYoung', 'textVersion', 'value', 'count')
const written = set(
  ...([
    'name',
    'reading',
    'phone',
    'idNumber',
    'home',
    'share',
    'title',
    'unit',
    'called',
  ] as const),
  ...(['door', 'words', 'contactName', 'contactRelation', 'contactPhone', 'by'] as const),
  ...(['authority', 'legalBasis'] as const),
)

export type Asked = Output<typeof myData>['requests'][number]

/** How a request stands: its clock while it is open, else what came of it. */
export function standingOf(
  asked: Asked,
  now: number,
  words: OwnDataWords,
  language: Language,
): string {
  const { state, dueAt, isLate, endedAt, because } = asked
  if (state === 'open') {
    const left = Math.ceil((dueAt - now) / 86_400_000)
    const day = formatDate(dueAt, now, language)
    return isLate ? `${day} · ${words.late}` : `${day} · ${words.daysLeft(Math.max(0, left))}`
  }
  const ended = endedAt === null ? '' : formatInstant(endedAt, now, language)
  return because ? `${ended} · ${words.because[because]}` : ended
}

export function titleOf({ kind, part }: Pick<Asked, 'kind' | 'part'>, words: OwnDataWords): string {
  const what = words.kinds[kind]
  return part === null ? what : `${what}${words.separator}${words.partOf(part)}`
}
