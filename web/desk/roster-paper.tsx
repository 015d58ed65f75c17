import { ChevronLeft, Printer } from 'lucide'
import type { rosterOnPaper } from '../../src/ground/duties/roster/api.ts'
import { dayMs } from '../../src/kernel/clock.ts'
import type { Params } from '../shell/pages.ts'
import { useFirst, useNow } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useDeskWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Column } from '../ui/frames.tsx'
import { formatDate, formatInstant } from '../words/format.ts'
import { Desk } from './desk.tsx'
import { Gaps, Leaves, WeekTable } from './week.tsx'

/** One week of one body on a sheet of A4. */
export function RosterPaper(props: { params: Params }) {
  const { body = '', day = '' } = props.params
  const words = useDeskWords()
  const { duties } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const kept = useFirst<typeof rosterOnPaper>('/duties/roster/paper', { body, day })
  const result = kept.result.value
  const week = result?.ok ? result.answer : null
  const from = Date.parse(`${week?.days[0]?.day ?? day}T00:00:00+08:00`)
  const date = (at: number) => formatDate(at, now, language)
  return (
    <Desk at="/desk/shift" shows="main" isSheet>
      <Column kind="main" label={words.rosterTitle}>
        <div class="stack sheet">
          <div class="flow no-print">
            <LinkButton kind="quiet" icon={ChevronLeft} href="/desk/roster">
              {words.rosterTitle}
            </LinkButton>
            <Button kind="primary" icon={Printer} onClick={() => print()}>
              {words.print}
            </Button>
          </div>
          <h1 class="head">{week ? words.rosterOf(week.name) : words.rosterTitle}</h1>
          {week ? (
            <>
              <p>{words.rosterWeek(date(from), date(from + 6 * dayMs))}</p>
              <WeekTable week={week} again={null} />
              <Leaves week={week} again={null} />
              {week.covers.length > 0 ? <Gaps week={week} /> : null}
              <p class="note">
                {week.covers
                  .map((one) => words.cover(duties.days[one.days], one.from, one.to, one.people))
                  .join(' · ')}
              </p>
              <p class="note">{words.printedAt(formatInstant(week.now, now, language))}</p>
            </>
          ) : (
            <Unanswered
              refusal={result && !result.ok ? result.refusal : undefined}
              again={kept.again}
            />
          )}
        </div>
      </Column>
    </Desk>
  )
}
